import { dateNumber, seoulDate } from '#domain/trading-date.ts';

/** Korea has kept nine hours before Greenwich without a summer time since 9 October 1988. */
const aheadMs = 9 * 3_600_000;
const withoutSummerTimeFromMs = Date.UTC(1988, 9, 9);

/**
 * The day in Seoul of an ISO 8601 instant, as yyyymmdd: `dateNumber(seoulDate(…))` without a calendar in between, because
 * the journal is folded record by record and each start reads all of it.
 */
export function seoulDay(at: string): number {
  const epochMs = Date.parse(at);
  if (!(epochMs >= withoutSummerTimeFromMs)) return dateNumber(seoulDate(Temporal.Instant.from(at)));
  const date = new Date(epochMs + aheadMs);
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}
