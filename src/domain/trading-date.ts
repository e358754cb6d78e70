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

/** The day in Seoul at `instant`. */
export function seoulDate(instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(seoul).toPlainDate();
}

/** The wall clock in Seoul at `instant`. */
export function seoulTime(instant: Temporal.Instant): Temporal.PlainTime {
  return instant.toZonedDateTimeISO(seoul).toPlainTime();
}

/** The instant at `time` on `date` in Seoul. */
export function seoulInstant(date: Temporal.PlainDate, time: Temporal.PlainTime): Temporal.Instant {
  return date.toZonedDateTime({ timeZone: seoul, plainTime: time }).toInstant();
}
