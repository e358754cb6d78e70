/** Asia/Seoul is where the market lives; it appears at the edges only. */
export const seoul = 'Asia/Seoul';

/** A trading day as the integer yyyymmdd, the form kept in columns. */
export function dateNumber(date: Temporal.PlainDate): number {
  return date.year * 10_000 + date.month * 100 + date.day;
}

/** @throws {RangeError} when `value` is not a day of the calendar */
export function plainDate(value: number): Temporal.PlainDate {
  // The constructor refuses what is no day, as `from` does, without reading a bag of fields: backtests make many.
  return new Temporal.PlainDate(Math.trunc(value / 10_000), Math.trunc(value / 100) % 100, value % 100);
}

/** Seoul's last summer time ended in 1988; since then it is nine hours ahead of UTC, without exception. */
const plainSinceMs = Date.UTC(1989, 0, 1);
const seoulAheadMs = 9 * 3_600_000;

/** The day in Seoul at `instant`. */
export function seoulDate(instant: Temporal.Instant): Temporal.PlainDate {
  const ms = instant.epochMilliseconds;
  return ms < plainSinceMs ? instant.toZonedDateTimeISO(seoul).toPlainDate() : plainDate(seoulDayAt(ms));
}

/**
 * The day in Seoul at a moment in epoch milliseconds, as yyyymmdd.
 *
 * @throws {RangeError} when `epochMs` is not a moment; of what is finite, but too large for a date, the day is NaN
 */
export function seoulDayAt(epochMs: number): number {
  if (!(epochMs >= plainSinceMs)) return dateNumber(seoulDate(Temporal.Instant.fromEpochMilliseconds(epochMs)));
  // The zone database says the same and takes a hundred times as long, which the guard would pay for each decision.
  const days = Math.floor((epochMs + seoulAheadMs) / dayMs);
  if (days >= known.length) return dayOfCalendar(days);
  return (known[days] ||= dayOfCalendar(days));
}

const dayMs = 86_400_000;
/** Days of the first two centuries since 1 January 1970, 0 until asked for: most questions are about the same few thousand. */
const known = new Int32Array(73_049);

function dayOfCalendar(days: number): number {
  const date = new Date(days * dayMs);
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/** The wall clock in Seoul at `instant`. */
export function seoulTime(instant: Temporal.Instant): Temporal.PlainTime {
  return instant.toZonedDateTimeISO(seoul).toPlainTime();
}

/** The instant at `time` on `date` in Seoul. */
export function seoulInstant(date: Temporal.PlainDate, time: Temporal.PlainTime): Temporal.Instant {
  return date.toZonedDateTime({ timeZone: seoul, plainTime: time }).toInstant();
}
