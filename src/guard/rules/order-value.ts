import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';
import { requestValue } from '../valued-price.ts';

/**
 * Price times quantity of one order, buys and sells alike: a larger holding is sold in parts. An order whose price is
 * not its own counts at the day's upper limit.
 */
export function orderValue(request: OrderRequest, state: GuardState): Check {
  return atMost({
    code: 'order-value',
    actual: requestValue(request, state),
    limit: state.limits.orderValueMax,
    unit: 'won',
  });
}
