/**
 * Reading the milliseconds of an Instant allocates, and the hundred orders of a day are read for every new one: without
 * this memory the garbage collector sets the p99 of a decision (bench/guard.ts). Instants never change, so what is
 * remembered cannot be stale, and it goes when the Instant goes.
 */
const known = new WeakMap<Temporal.Instant, number>();

/** `at.epochMilliseconds`, for an Instant that is looked at many times. */
export function epochMs(at: Temporal.Instant): number {
  const before = known.get(at);
  if (before !== undefined) return before;
  const milliseconds = at.epochMilliseconds;
  known.set(at, milliseconds);
  return milliseconds;
}
