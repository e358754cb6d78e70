import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import type { GuardState } from '../state.ts';
import { tickCheck } from './tick-size.ts';

/** The price at which a stop-limit order wakes up lies on a tick of the date. Orders without one pass. */
export function stopTickSize(request: OrderRequest, state: GuardState): Check {
  return tickCheck('stop-tick-size', request, request.stopPrice, state);
}
