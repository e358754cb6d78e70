import { seoul } from '#domain/trading-date.ts';

/** `HHMMSS` in Seoul. */
export function clockText(epochMilliseconds: number): string {
  const time = Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(seoul);
  return two(time.hour) + two(time.minute) + two(time.second);
}

/** `YYYYMMDD`. */
export function dateText(date: Temporal.PlainDate): string {
  return String(date.year * 10_000 + date.month * 100 + date.day);
}

/** `YYYYMMDD` back to a date; null when it is none. */
export function parseDateText(text: string): Temporal.PlainDate | null {
  if (!/^\d{8}$/.test(text)) return null;
  const fields = { year: Number(text.slice(0, 4)), month: Number(text.slice(4, 6)), day: Number(text.slice(6)) };
  try {
    return Temporal.PlainDate.from(fields, { overflow: 'reject' });
  } catch {
    // A day that no calendar has is the sender's mistake, told as such by the caller.
    return null;
  }
}

/** Ten digits, zero-padded, as order numbers are written. */
export function orderNumberText(number: number): string {
  return String(number).padStart(10, '0');
}

/** Percent of `part` in `whole` with `digits` decimals; zero when there is nothing to compare with. */
export function percentText(part: number, whole: number, digits = 2): string {
  return (whole === 0 ? 0 : (part / whole) * 100).toFixed(digits);
}

/** `prdy_vrss_sign`: 1 upper limit, 2 up, 3 unchanged, 4 lower limit, 5 down. @see spec §4.1 */
export function changeSign(
  change: number,
  price: number,
  limits: { readonly lower: number; readonly upper: number },
): string {
  if (change > 0) return price >= limits.upper ? '1' : '2';
  if (change < 0) return price <= limits.lower ? '4' : '5';
  return '3';
}

/** All values as text, as the broker sends them. */
export function textRow(fields: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
