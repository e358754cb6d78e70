import { join } from 'node:path';
import type { Bar, BarSeries } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { listings } from '#markets/listings.ts';
import { openBarStore } from '#store/bar-store.ts';
import { syntheticDailyBars } from './synthetic-daily.ts';

const yearsOfHistory = 3;

/**
 * Puts three years of synthetic day bars, up to the day before `date`, into the trial's own bar store, so that a first
 * backtest needs no import. Names say that they are synthetic. Does nothing when the store has bars already.
 */
export function seedBars(home: string, seed: string, date: Temporal.PlainDate): void {
  const store = openBarStore(join(home, 'store', 'bars.sqlite'));
  try {
    if (store.datasets().length > 0) return;
    const [from, to] = [date.subtract({ years: yearsOfHistory }), date.subtract({ days: 1 })];
    const series = listings.map((listing) => ({
      name: `${listing.name} (가상)`,
      series: columnsOf(listing.id, syntheticDailyBars(listing, seed, from, to)),
    }));
    store.importSeries(series, { source: `synthetic, seed ${seed}` });
  } finally {
    store.close();
  }
}

function columnsOf(instrument: InstrumentId, bars: readonly Bar[]): BarSeries {
  const column = (pick: (bar: Bar) => number): Float64Array => Float64Array.from(bars, pick);
  return {
    instrument,
    interval: '1d',
    date: Int32Array.from(bars, (bar) => bar.date),
    startsAtMs: column((bar) => bar.startsAtMs),
    open: column((bar) => bar.open),
    high: column((bar) => bar.high),
    low: column((bar) => bar.low),
    close: column((bar) => bar.close),
    volume: column((bar) => bar.volume),
  };
}
