import { plainDate } from '#domain/trading-date.ts';
import type { ValueRecord } from './daily-returns.ts';
import type { Drawdown } from './metric-groups.ts';

/** Value ÷ highest value so far − 1, one a day; the starting value is the first peak. */
export function fallsOf({ start, days }: ValueRecord): Float64Array {
  const falls = new Float64Array(days.length);
  let peak = start;
  let row = 0;
  for (const { value } of days) {
    peak = Math.max(peak, value);
    falls[row] = peak === 0 ? 0 : value / peak - 1;
    row += 1;
  }
  return falls;
}

/** The deepest of `falls`, 0 without any. */
export function deepestOf(falls: Float64Array): number {
  let deepest = 0;
  for (const fall of falls) deepest = Math.min(deepest, fall);
  return deepest;
}

/**
 * Every stretch below a peak, oldest first: it ends on the day that reaches the peak again.
 *
 * @param falls `fallsOf` the record
 */
export function drawdownsOf({ days }: ValueRecord, falls: Float64Array): readonly Drawdown[] {
  const found: Drawdown[] = [];
  let peakDate = days[0]?.date ?? 0;
  let open: { depth: number; peak: number; trough: number } | null = null;
  for (let row = 0; row < falls.length; row += 1) {
    const date = days[row]?.date ?? 0;
    const fall = falls[row] ?? 0;
    if (fall < 0) {
      open ??= { depth: 0, peak: peakDate, trough: date };
      if (fall < open.depth) [open.depth, open.trough] = [fall, date];
      continue;
    }
    if (open !== null) found.push({ ...open, recovered: date, days: daysBetween(open.peak, date) });
    open = null;
    peakDate = date;
  }
  if (open !== null) {
    found.push({ ...open, recovered: null, days: daysBetween(open.peak, days.at(-1)?.date ?? open.peak) });
  }
  return found;
}

/** Calendar days from one day to another, yyyymmdd. @throws {RangeError} when one is no day of the calendar */
export function daysBetween(from: number, to: number): number {
  return (midnightOf(to) - midnightOf(from)) / dayMs;
}

const dayMs = 86_400_000;
/** What every month has. */
const safeDays = 28;

/** Milliseconds of UTC. Most days need no calendar to be known as days; the others are asked of it. */
function midnightOf(date: number): number {
  const [year, month, day] = [Math.trunc(date / 10_000), Math.trunc(date / 100) % 100, date % 100];
  const isPlain = year >= 1_000 && month >= 1 && month <= 12 && day >= 1 && day <= safeDays;
  if (isPlain && Number.isInteger(date)) return Date.UTC(year, month - 1, day);
  return plainDate(date).toZonedDateTime('UTC').epochMilliseconds;
}
