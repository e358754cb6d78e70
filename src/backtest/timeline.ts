import type { Bar, BarSeries } from '#domain/bar.ts';
import { won } from '#domain/won.ts';

/** One bar of one series: `index` of the series in the declared order, `row` in its columns. */
export interface TimelineBar {
  readonly index: number;
  readonly row: number;
}

/** All bars of one day, in the declared order of the series. */
export interface TimelineDay {
  readonly date: number;
  readonly bars: readonly TimelineBar[];
}

/**
 * The days on which at least one series has a bar, merged in order.
 *
 * @param ranges first row and the row after the last, for each series
 */
export function* timeline(
  series: readonly BarSeries[],
  ranges: readonly { readonly start: number; readonly end: number }[],
): Generator<TimelineDay> {
  const rows = ranges.map((range) => range.start);
  const dateAt = (index: number): number => {
    const row = rows[index] ?? 0;
    return row < (ranges[index]?.end ?? 0) ? (series[index]?.date[row] ?? Infinity) : Infinity;
  };
  for (;;) {
    let date = Infinity;
    for (let index = 0; index < series.length; index += 1) date = Math.min(date, dateAt(index));
    if (date === Infinity) return;
    const bars: TimelineBar[] = [];
    for (let index = 0; index < series.length; index += 1) {
      if (dateAt(index) !== date) continue;
      const row = rows[index] ?? 0;
      bars.push({ index, row });
      rows[index] = row + 1;
    }
    yield { date, bars };
  }
}

/** The row of the first bar on or after `date`, yyyymmdd; the length of the series when there is none. */
export function rowAtOrAfter(series: BarSeries, date: number): number {
  let low = 0;
  let high = series.date.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((series.date[middle] ?? 0) < date) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One row as a value. @throws {RangeError} when a price is not whole won */
export function barAt(series: BarSeries, row: number): Bar {
  return {
    startsAtMs: series.startsAtMs[row] ?? NaN,
    date: series.date[row] ?? NaN,
    open: won(series.open[row] ?? NaN),
    high: won(series.high[row] ?? NaN),
    low: won(series.low[row] ?? NaN),
    close: won(series.close[row] ?? NaN),
    volume: series.volume[row] ?? NaN,
  };
}
