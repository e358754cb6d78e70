import type { OrderUpdate } from '../strategy.ts';

/** How long an exit that ended waits before it is asked for again, milliseconds: the next price, unless it is too early. */
export function patienceMs({ state, code }: OrderUpdate): number {
  return state === 'denied' && liftedByTime.has(code) ? 60_000 : 1;
}

/** Refusals that time alone lifts: the window of each is a minute, and what is open ends. */
const liftedByTime: ReadonlySet<string | null> = new Set([
  'open-value',
  'orders-per-minute-account',
  'orders-per-minute-strategy',
  'repeated-order',
]);
