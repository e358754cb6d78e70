/** Korea has had no daylight saving since 1988: the offset is nine hours all year. */
const seoulOffsetMs = 9 * 3_600_000;

function local(at: string | number): string {
  return new Date((typeof at === 'number' ? at : Date.parse(at)) + seoulOffsetMs).toISOString();
}

/** `14:32:07` */
export function clock(at: string | number): string {
  return local(at).slice(11, 19);
}

/** `14:32` */
export function minuteClock(at: string | number): string {
  return local(at).slice(11, 16);
}

/** `14:32:07.118` */
export function exactClock(at: string | number): string {
  return local(at).slice(11, 23);
}

/** Minutes since midnight in Seoul, with their fraction. */
export function minuteOfDay(at: string | number): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock(at).split(':').map(Number);
  return hours * 60 + minutes + seconds / 60;
}

/** Month, day and weekday (0 is Sunday) in Seoul. */
export function calendarDay(at: string | number): { month: number; day: number; weekday: number } {
  const date = new Date(local(at));
  return { month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay() };
}

/** 20261113 as `26.11.13`, the form of tables. */
export function shortDate(date: number): string {
  const text = String(date);
  return `${text.slice(2, 4)}.${text.slice(4, 6)}.${text.slice(6, 8)}`;
}

/** 20231120 as `2023.11.20`. */
export function longDate(date: number): string {
  const text = String(date);
  return `${text.slice(0, 4)}.${text.slice(4, 6)}.${text.slice(6, 8)}`;
}
