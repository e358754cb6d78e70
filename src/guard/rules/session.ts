import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { orderWindow } from '../order-window.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';

/**
 * The market takes this order now: within the session it is for, from the opening, included, to the close, excluded. The
 * number is the distance to that session in ms.
 */
export function session(request: OrderRequest, state: GuardState): Check {
  return atMost({
    code: 'session',
    actual: distanceMs(orderWindow(request, state), state),
    limit: 0,
    unit: 'milliseconds',
  });
}

/** 0 inside; NaN when there is no session or none is known. */
function distanceMs(window: GuardState['session'], { nowMs }: GuardState): number {
  if (window === null) return Number.NaN;
  const untilOpen = window.opensAtMs - nowMs;
  // The close itself is outside already: one millisecond past the last one that counts.
  const sinceClose = nowMs - window.closesAtMs + 1;
  return Math.max(0, untilOpen, sinceClose);
}
