import type { BarSeries } from '#domain/bar.ts';

type ColumnName = 'date' | 'startsAtMs' | 'open' | 'high' | 'low' | 'close' | 'volume';

/** A series as a line of JSON carries it. */
export type PlainSeries = Omit<BarSeries, ColumnName> & Record<ColumnName, readonly number[]>;

export function asColumns(series: PlainSeries): BarSeries {
  const { date, startsAtMs, open, high, low, close, volume } = series;
  return {
    ...series,
    date: Int32Array.from(date),
    startsAtMs: Float64Array.from(startsAtMs),
    open: Float64Array.from(open),
    high: Float64Array.from(high),
    low: Float64Array.from(low),
    close: Float64Array.from(close),
    volume: Float64Array.from(volume),
  };
}
