import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import type { GuardState } from '../state.ts';
import { limitCheck } from './price-limit.ts';

/** The price at which a stop-limit order wakes up can trade that day. Orders without one pass. */
export function stopPriceLimit(request: OrderRequest, state: GuardState): Check {
  return limitCheck('stop-price-limit', request, request.stopPrice, state);
}
