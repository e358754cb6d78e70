import { dateNumber, seoulDate, seoulDayAt } from '#domain/trading-date.ts';

/**
 * The day in Seoul of an ISO 8601 instant, as yyyymmdd: `dateNumber(seoulDate(…))` without a calendar in between, because
 * the journal is folded record by record and each start reads all of it.
 */
export function seoulDay(at: string): number {
  const epochMs = Date.parse(at);
  return Number.isNaN(epochMs) ? dateNumber(seoulDate(Temporal.Instant.from(at))) : seoulDayAt(epochMs);
}
