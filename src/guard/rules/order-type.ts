import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { mustNot } from '../rule.ts';

/** Limit orders only: a market order has no price to check a limit with. */
export function orderType(request: OrderRequest): Check {
  return mustNot('order-type', request.type !== 'limit');
}
