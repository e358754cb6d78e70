import type { BarSeries } from '#domain/bar.ts';

/** The same series with its columns in shared memory, so that handing it to worker threads copies nothing. */
export function sharedSeries(series: BarSeries): BarSeries {
  const { date, startsAtMs, open, high, low, close, volume } = series;
  const floats = (column: Float64Array): Float64Array => {
    const shared = new Float64Array(new SharedArrayBuffer(column.byteLength));
    shared.set(column);
    return shared;
  };
  const days = new Int32Array(new SharedArrayBuffer(date.byteLength));
  days.set(date);
  return {
    ...series,
    date: days,
    startsAtMs: floats(startsAtMs),
    open: floats(open),
    high: floats(high),
    low: floats(low),
    close: floats(close),
    volume: floats(volume),
  };
}
