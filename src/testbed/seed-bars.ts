import { join } from 'node:path';
import { seriesOfBars } from '#domain/series-of-bars.ts';
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
      series: seriesOfBars(listing.id, '1d', syntheticDailyBars(listing, seed, from, to)),
    }));
    store.importSeries(series, { source: `synthetic, seed ${seed}` });
  } finally {
    store.close();
  }
}
