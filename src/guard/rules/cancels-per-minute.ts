import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { atMostUnless } from '../rule.ts';
import type { GuardState } from '../state.ts';
import { tallyOf } from '../tally.ts';

/**
 * Cancels and amends of the last 60 s. A cancel itself is never refused; whoever cancelled too much waits before the
 * next new order. A sell that only reduces what is held need not wait.
 */
export function cancelsPerMinute(request: OrderRequest, state: GuardState): Check {
  return atMostUnless(isRiskReducing(request, state), {
    code: 'cancels-per-minute',
    actual: tallyOf(request, state).cancelsOfMinute,
    limit: state.limits.cancelsPerMinuteMax,
    unit: 'orders',
  });
}
