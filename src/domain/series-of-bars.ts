import type { Bar, BarInterval, BarSeries } from './bar.ts';
import type { InstrumentId } from './instrument.ts';

/** Bars of one instrument as columns. @param bars oldest first */
export function seriesOfBars(instrument: InstrumentId, interval: BarInterval, bars: readonly Bar[]): BarSeries {
  const column = (pick: (bar: Bar) => number): Float64Array => Float64Array.from(bars, pick);
  return {
    instrument,
    interval,
    date: Int32Array.from(bars, (bar) => bar.date),
    startsAtMs: column((bar) => bar.startsAtMs),
    open: column((bar) => bar.open),
    high: column((bar) => bar.high),
    low: column((bar) => bar.low),
    close: column((bar) => bar.close),
    volume: column((bar) => bar.volume),
  };
}
