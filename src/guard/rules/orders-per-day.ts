import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';

/** Orders of everybody today, this one included. */
export function ordersPerDay(_request: OrderRequest, state: GuardState): Check {
  return atMost({
    code: 'orders-per-day',
    actual: state.ordersOfDay.length + 1,
    limit: state.limits.ordersPerDayMax,
    unit: 'orders',
  });
}
