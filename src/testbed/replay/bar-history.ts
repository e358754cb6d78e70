import { statSync } from 'node:fs';

import type { Bar, BarSeries } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { symbolOf, type Instrument } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { listingOf } from '#markets/listings.ts';
import { openBarStore, type NamedSeries } from '#store/bar-store.ts';
import { readCsvBars } from '#store/csv/csv-import.ts';

/** Daily bars of one instrument, oldest first. */
export interface InstrumentHistory {
  readonly instrument: Instrument;
  readonly bars: readonly Bar[];
}

/**
 * Daily bars of a CSV file, a folder of them, or a bar store (`.sqlite`).
 *
 * @param symbols codes to keep, in this order; every one when empty
 * @throws FixConfiguration `testbed.replay-symbol` when a wished code is not there; whatever reading throws
 */
export function readHistory(path: string, symbols: readonly string[]): readonly InstrumentHistory[] {
  const series = path.endsWith('.sqlite') ? storedSeries(path) : readCsvBars(path, () => 'unknown').series;
  const all = series.map(({ series: columns, name }) => ({
    instrument: instrumentOf(columns, name),
    bars: barsOf(columns),
  }));
  if (symbols.length === 0) return all;
  return symbols.map((symbol) => {
    const found = all.find(({ instrument }) => instrument.symbol === symbol);
    if (found === undefined) throw noBars(symbol, path);
    return found;
  });
}

function storedSeries(path: string): readonly NamedSeries[] {
  // Opening would make an empty store where there is none.
  statSync(path);
  const store = openBarStore(path);
  try {
    return store.datasets().flatMap(({ symbol, name, interval, from, to }) => {
      const series = interval === '1d' ? store.series(symbol, interval, from, to) : null;
      return series === null ? [] : [{ series, name }];
    });
  } finally {
    store.close();
  }
}

/** What the listings do not know is taken for a KOSPI share: ticks and limits are those of most listings. */
function instrumentOf({ instrument }: BarSeries, name: string): Instrument {
  const symbol = symbolOf(instrument);
  return (
    listingOf(symbol) ?? { id: instrument, symbol, name: name || symbol, market: 'KOSPI', kind: 'stock', leverage: 1 }
  );
}

function barsOf(series: BarSeries): readonly Bar[] {
  return Array.from(series.date, (date, row) => ({
    startsAtMs: series.startsAtMs[row] ?? 0,
    date,
    open: won(series.open[row] ?? 0),
    high: won(series.high[row] ?? 0),
    low: won(series.low[row] ?? 0),
    close: won(series.close[row] ?? 0),
    volume: series.volume[row] ?? 0,
  }));
}

function noBars(symbol: string, path: string): FixConfiguration {
  return new FixConfiguration(
    'testbed.replay-symbol',
    `Cannot replay "${symbol}": "${path}" holds no bars of it, wanted daily bars. Import them, or leave the code out.`,
  );
}
