import { plainDate } from '#domain/trading-date.ts';
import type { ValueRecord } from './daily-returns.ts';
import type { Drawdown } from './metric-groups.ts';

/** Value ÷ highest value so far − 1, one a day; the starting value is the first peak. */
export function fallsOf({ start, days }: ValueRecord): readonly number[] {
  let peak = start;
  return days.map(({ value }) => {
    peak = Math.max(peak, value);
    return peak === 0 ? 0 : value / peak - 1;
  });
}

/** Every stretch below a peak, oldest first: it ends on the day that reaches the peak again. */
export function drawdownsOf(record: ValueRecord): readonly Drawdown[] {
  const { days } = record;
  const found: Drawdown[] = [];
  let peakDate = days[0]?.date ?? 0;
  let open: { depth: number; peak: number; trough: number } | null = null;
  for (const [index, fall] of fallsOf(record).entries()) {
    const date = days[index]?.date ?? 0;
    if (fall < 0) {
      open ??= { depth: 0, peak: peakDate, trough: date };
      if (fall < open.depth) open = { ...open, depth: fall, trough: date };
      continue;
    }
    if (open !== null) found.push({ ...open, recovered: date, days: daysBetween(open.peak, date) });
    open = null;
    peakDate = date;
  }
  if (open === null) return found;
  return [...found, { ...open, recovered: null, days: daysBetween(open.peak, days.at(-1)?.date ?? open.peak) }];
}

/** Calendar days from one day to another, yyyymmdd. */
export function daysBetween(from: number, to: number): number {
  return plainDate(to).since(plainDate(from), { largestUnit: 'days' }).days;
}
