import type { OrderUpdate } from '../strategy.ts';

/**
 * How long an exit that ended waits before it is asked for again, milliseconds: the next price, unless it is too early. A
 * busy market has three prices in a blink, and with them a session's attempts would be gone.
 */
export function patienceMs({ state, code }: OrderUpdate): number {
  if (state === 'denied' && liftedByTime.has(code)) return 60_000;
  const isInTheWay = state === 'denied' && liftedByOtherOrders.has(code);
  return isInTheWay || state === 'rejected' || state === 'not-sent' ? 10_000 : 1;
}

/** Refusals that time alone lifts: the window of each is a minute, and what is open ends. */
const liftedByTime: ReadonlySet<string | null> = new Set([
  'open-value',
  'orders-per-minute-account',
  'orders-per-minute-strategy',
  'repeated-order',
]);

/** Another order is in the way until it ends, or the person sold by hand and the balance, ten seconds late at most, will say so. */
const liftedByOtherOrders: ReadonlySet<string | null> = new Set(['self-cross', 'holding']);
