import type { Bar, BarSeries } from '#domain/bar.ts';
import { won } from '#domain/won.ts';
/** Rows of one series, `end` not included. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
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
