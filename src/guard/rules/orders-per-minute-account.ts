import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { ordersOfMinute } from '../order-counts.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';

/** Orders of everybody in the last 60 s, this one included. */
export function ordersPerMinuteAccount(_request: OrderRequest, state: GuardState): Check {
  return atMost({
    code: 'orders-per-minute-account',
    actual: ordersOfMinute(state, () => true) + 1,
    limit: state.limits.ordersPerMinuteAccountMax,
    unit: 'orders',
  });
}
