import type { Bar, BarSeries } from '#domain/bar.ts';
import { firstAtOrAfter } from '#domain/first-at-or-after.ts';
import { won, type Won } from '#domain/won.ts';

/** The row of the first bar on or after `date`, yyyymmdd; the length of the series when there is none. */
export function rowAtOrAfter(series: BarSeries, date: number): number {
  return firstAtOrAfter(series.date, date);
}

/** One row as a value. @throws {RangeError} when a price is not whole won */
export function barAt(series: BarSeries, row: number): Bar {
  return {
    startsAtMs: series.startsAtMs[row] ?? NaN,
    date: series.date[row] ?? NaN,
    open: wonAt(series.open, row),
    high: wonAt(series.high, row),
    low: wonAt(series.low, row),
    close: wonAt(series.close, row),
    volume: series.volume[row] ?? NaN,
  };
}

/** A price of a column. @throws {RangeError} when it is not whole won */
export function wonAt(column: Float64Array, row: number): Won {
  return won(column[row] ?? NaN);
}
