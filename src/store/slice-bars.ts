import type { BarSeries } from '#domain/bar.ts';
import { firstAtOrAfter } from '#domain/first-at-or-after.ts';

/** The bars of the days `from` to `to` (yyyymmdd, both included); views on the same memory, possibly empty. */
export function sliceBars(series: BarSeries, from: number, to: number): BarSeries {
  const start = firstAtOrAfter(series.date, from);
  const end = firstAtOrAfter(series.date, to + 1);
  return {
    instrument: series.instrument,
    interval: series.interval,
    date: series.date.subarray(start, end),
    startsAtMs: series.startsAtMs.subarray(start, end),
    open: series.open.subarray(start, end),
    high: series.high.subarray(start, end),
    low: series.low.subarray(start, end),
    close: series.close.subarray(start, end),
    volume: series.volume.subarray(start, end),
  };
}
