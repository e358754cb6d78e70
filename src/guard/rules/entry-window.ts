import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { orderWindow } from '../order-window.ts';
import type { GuardState } from '../state.ts';

/**
 * No buys in the last minutes of the session they are for, when a mistake could not be undone the same day. The numbers are the time left until
 * the close and the time that must be left; exactly that much is too late. Sells pass until the close.
 */
export function entryWindow(request: OrderRequest, state: GuardState): Check {
  const window = orderWindow(request, state);
  const leftMs = window === null ? Number.NaN : window.closesAtMs - state.nowMs;
  return {
    code: 'entry-window',
    actual: leftMs,
    limit: state.limits.entryWindowClosesMs,
    unit: 'milliseconds',
    passed: leftMs > state.limits.entryWindowClosesMs || request.side === 'sell',
  };
}
