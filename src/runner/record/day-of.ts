import { dateNumber, seoulDate } from '#domain/trading-date.ts';

/** The day in Seoul of a moment in epoch milliseconds, yyyymmdd. */
export function dayOf(epochMs: number): number {
  return dateNumber(seoulDate(Temporal.Instant.fromEpochMilliseconds(epochMs)));
}
