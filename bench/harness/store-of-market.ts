import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBarStore } from '#store/bar-store.ts';
import { madeUpMarket } from '../ours/market-series.ts';

/** Instruments at once, so that a whole market need not stand in memory beside what is loaded. */
const atOnce = 300;

/** Keeps a made-up market in a store on disk, which goes with the process. @returns its file */
export function storeOfMarket(symbols: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-store-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'bars.sqlite');
  const store = openBarStore(file);
  const { series, instruments } = madeUpMarket(symbols);
  for (let first = 0; first < symbols; first += atOnce) {
    const part = series.slice(first, first + atOnce).map((one, index) => ({
      series: one,
      name: instruments[first + index]?.name ?? '',
    }));
    store.importSeries(part, { source: 'bench' });
  }
  store.close();
  return file;
}
