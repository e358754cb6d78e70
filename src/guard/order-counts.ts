import type { GuardOrder, GuardState } from './state.ts';

const minuteMs = 60_000;

/** Milliseconds from `at` to now; negative when `at` lies in the future. */
export function ageMs(state: GuardState, at: Temporal.Instant): number {
  return state.now.epochMilliseconds - at.epochMilliseconds;
}

/** True within the last 60,000 ms, that moment itself excluded; also for a time in the future, so that a clock step hides nothing. */
export function isWithinMinute(state: GuardState, at: Temporal.Instant): boolean {
  return ageMs(state, at) < minuteMs;
}

/** Orders of the last minute that `counts`. The list is read whole: nothing here relies on it being sorted. */
export function ordersOfMinute(state: GuardState, counts: (order: GuardOrder) => boolean): number {
  let count = 0;
  for (const order of state.ordersOfDay) {
    if (counts(order) && isWithinMinute(state, order.at)) count += 1;
  }
  return count;
}

/** Cancels and amends of the last minute. */
export function cancelsOfMinute(state: GuardState): number {
  let count = 0;
  for (const at of state.cancelsOfDay) {
    if (isWithinMinute(state, at)) count += 1;
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
