import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { atMostUnless } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/** Below this many orders a day the ratio says nothing. */
const ordersLookedAtFrom = 20;

/**
 * Cancels and amends per filled order, from 20 orders of the day on. Refuses the next new order, never a cancel, and
 * never a sell that only reduces what is held.
 */
export function cancelFillRatio(request: OrderRequest, state: GuardState, tally: Tally): Check {
  const isTooEarly = state.ordersOfDay.length < ordersLookedAtFrom;
  return atMostUnless(isTooEarly || isRiskReducing(request, tally), {
    code: 'cancel-fill-ratio',
    actual: state.cancelsOfDay.length / Math.max(1, tally.filledOrders),
    limit: state.limits.cancelFillRatioMax,
    unit: 'ratio',
  });
}
