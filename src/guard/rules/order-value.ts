import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';

/** Price times quantity of one order, buys and sells alike: a larger holding is sold in parts. */
export function orderValue(request: OrderRequest, state: GuardState): Check {
  return atMost({
    code: 'order-value',
    actual: request.price * request.quantity,
    limit: state.limits.orderValueMax,
    unit: 'won',
  });
}
