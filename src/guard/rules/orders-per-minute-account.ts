import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/** Orders of everybody in the last 60 s, this one included. */
export function ordersPerMinuteAccount(_request: OrderRequest, state: GuardState, tally: Tally): Check {
  return atMost({
    code: 'orders-per-minute-account',
    actual: tally.ordersOfMinute + 1,
    limit: state.limits.ordersPerMinuteAccountMax,
    unit: 'orders',
  });
}
