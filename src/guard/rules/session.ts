import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';

/** The market takes this order now: from the opening, included, to the close, excluded. The number is the distance to the session in ms. */
export function session(_request: OrderRequest, state: GuardState): Check {
  return atMost({ code: 'session', actual: distanceMs(state), limit: 0, unit: 'milliseconds' });
}

/** 0 inside; NaN when there is no session or none is known. */
function distanceMs({ session, now }: GuardState): number {
  if (session === null) return Number.NaN;
  const untilOpen = session.opensAt.epochMilliseconds - now.epochMilliseconds;
  // The close itself is outside already: one millisecond past the last one that counts.
  const sinceClose = now.epochMilliseconds - session.closesAt.epochMilliseconds + 1;
  return Math.max(0, untilOpen, sinceClose);
}
