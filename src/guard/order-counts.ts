import type { GuardOrder, GuardState } from './state.ts';

const minuteMs = 60_000;

/** Milliseconds from `atMs` to now; negative when it lies in the future. */
export function ageMs(state: GuardState, atMs: number): number {
  return state.nowMs - atMs;
}

/** Orders of the last minute that `counts`. The list is read whole: nothing here relies on it being sorted. */
export function ordersOfMinute(state: GuardState, counts: (order: GuardOrder) => boolean): number {
  const since = minuteAgo(state);
  let count = 0;
  for (const order of state.ordersOfDay) {
    if (counts(order) && order.atMs > since) count += 1;
  }
  return count;
}

/** Cancels and amends of the last minute. */
export function cancelsOfMinute(state: GuardState): number {
  const since = minuteAgo(state);
  let count = 0;
  for (const atMs of state.cancelsOfDay) {
    if (!(atMs <= since)) count += 1;
  }
  return count;
}

/** Cancels and amends of the day for each order of the day that filled at least in part; one fill is granted to start with. */
export function cancelsPerFill(state: GuardState): number {
  let filled = 0;
  for (const order of state.ordersOfDay) {
    if (order.filled > 0) filled += 1;
  }
  return state.cancelsOfDay.length / Math.max(1, filled);
}

/**
 * What lies after this moment is within the last 60,000 ms. A time in the future does too, so that a clock step hides
 * nothing.
 */
function minuteAgo(state: GuardState): number {
  return state.nowMs - minuteMs;
}
