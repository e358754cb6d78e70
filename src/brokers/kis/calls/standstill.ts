import type { Clock } from '#domain/clock.ts';

/** Real milliseconds that a machine may stand still and still mean what it decided before. */
const standstillMaxMs = 5_000;

/**
 * Watches for a machine that sleeps: its monotonic clock stands, the time of day goes on. A time of day that is set
 * forward looks the same, and that is right, since nobody knows then how long ago the decision was.
 *
 * @param wallMs the machine's time of day in milliseconds
 * @returns whether it has stood still since
 */
export function watchStandstill(clock: Pick<Clock, 'elapsedMs'>, wallMs: () => number): () => boolean {
  const wallFrom = wallMs();
  const elapsedFrom = clock.elapsedMs();
  return () => wallMs() - wallFrom - (clock.elapsedMs() - elapsedFrom) > standstillMaxMs;
}
