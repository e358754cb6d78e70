import { plainDate } from '#domain/trading-date.ts';

/** `FID_PERIOD_DIV_CODE`. */
export type Period = 'D' | 'W' | 'M' | 'Y';

/** What merging needs of a day: prices in won or points, and what adds up. */
export interface PeriodBar {
  /** YYYYMMDD. */
  readonly date: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
}

/** The period of that code; null when there is none. */
export function periodOf(code: string): Period | null {
  return code === 'D' || code === 'W' || code === 'M' || code === 'Y' ? code : null;
}

/**
 * Days, oldest first, as weeks, months or years, each dated by its first trading day.
 *
 * @param close puts the close, and what else the last day decides, of `next` into `first`
 */
export function barsByPeriod<One extends PeriodBar>(
  bars: readonly One[],
  period: Period,
  close: (first: One, next: One) => One,
): readonly One[] {
  if (period === 'D') return bars;
  const merged: One[] = [];
  let current = '';
  for (const bar of bars) {
    const key = periodKey(plainDate(bar.date), period);
    const last = merged.at(-1);
    if (key !== current || last === undefined) merged.push(bar);
    else merged[merged.length - 1] = close(widened(last, bar), bar);
    current = key;
  }
  return merged;
}

/** Not more of the past than 100 rows can show, however early the caller starts. */
export function boundedFrom(from: Temporal.PlainDate, to: Temporal.PlainDate, period: Period): Temporal.PlainDate {
  const years = { D: 1, W: 3, M: 10, Y: 60 }[period];
  const bound = to.subtract({ years });
  return Temporal.PlainDate.compare(from, bound) < 0 ? bound : from;
}

function widened<One extends PeriodBar>(first: One, next: One): One {
  return {
    ...first,
    high: next.high > first.high ? next.high : first.high,
    low: next.low < first.low ? next.low : first.low,
    volume: first.volume + next.volume,
  };
}

function periodKey(date: Temporal.PlainDate, period: Period): string {
  if (period === 'W') return `${date.yearOfWeek ?? date.year}-${date.weekOfYear ?? 0}`;
  return period === 'M' ? `${date.year}-${date.month}` : String(date.year);
}
