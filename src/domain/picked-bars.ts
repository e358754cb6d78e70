import type { BarSeries } from './bar.ts';

/** The bars of `series` at `rows`, ascending places of it, in columns of their own. */
export function pickedBars(series: BarSeries, rows: readonly number[]): BarSeries {
  const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row] ?? NaN);
  return {
    instrument: series.instrument,
    interval: series.interval,
    date: Int32Array.from(rows, (row) => series.date[row] ?? 0),
    startsAtMs: pick(series.startsAtMs),
    open: pick(series.open),
    high: pick(series.high),
    low: pick(series.low),
    close: pick(series.close),
    volume: pick(series.volume),
  };
}
