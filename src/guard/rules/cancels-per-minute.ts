import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { atMostUnless } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/**
 * Cancels and amends of the last 60 s. A cancel itself is never refused; whoever cancelled too much waits before the
 * next new order. A sell that only reduces what is held need not wait.
 */
export function cancelsPerMinute(request: OrderRequest, state: GuardState, tally: Tally): Check {
  return atMostUnless(isRiskReducing(request, tally), {
    code: 'cancels-per-minute',
    actual: tally.cancelsOfMinute,
    limit: state.limits.cancelsPerMinuteMax,
    unit: 'orders',
  });
}
