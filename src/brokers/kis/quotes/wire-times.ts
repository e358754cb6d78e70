/** `hhmmss`, as KIS asks for a time of day. */
export function wireHour(time: Temporal.PlainTime): string {
  return time.toString({ smallestUnit: 'second' }).replaceAll(':', '');
}

/** `yyyymmdd`. */
export function wireDay(date: Temporal.PlainDate): string {
  return date.toString().replaceAll('-', '');
}
