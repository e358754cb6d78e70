import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { mustNot } from '../rule.ts';
import type { GuardState } from '../state.ts';

/** Only the types that are permitted; limit orders to start with, since others have no price to check a limit with. */
export function orderType(request: OrderRequest, state: GuardState): Check {
  return mustNot('order-type', !state.permits.types.has(request.type));
}
