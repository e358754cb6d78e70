import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBarStore } from '#store/bar-store.ts';
import { serveRounds, timed } from '../harness/contestant.ts';
import { madeUpMarket } from './market-series.ts';

/** `load-bars.ts <symbols>`: every bar of the store into memory that workers can share. */
const symbols = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'bench-load-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'bars.sqlite');
fill();
const store = openBarStore(file);
const bytes = statSync(file).size;
let memory: SharedArrayBuffer | undefined;

await serveRounds(() => {
  let loaded = { series: [] as readonly { readonly close: Float64Array; readonly volume: Float64Array }[] };
  const spent = timed(() => {
    const all = store.loadAll({ interval: '1d', from: 0, to: 99_999_999, ...(memory === undefined ? {} : { memory }) });
    memory = all.memory;
    loaded = all;
    return {};
  });
  let [bars, close, volume] = [0, 0, 0];
  for (const one of loaded.series) {
    bars += one.close.length;
    for (let row = 0; row < one.close.length; row += 1) {
      close += one.close[row] ?? NaN;
      volume += one.volume[row] ?? NaN;
    }
  }
  if (bars === 0) throw new Error(`The store of ${bytes} bytes holds bars`);
  return { ...spent, checksum: { bars, close, volume } };
});

/** In parts, so that the whole market need not stand in memory beside what is loaded. */
function fill(): void {
  const writing = openBarStore(file);
  const { series, instruments } = madeUpMarket(symbols);
  for (let first = 0; first < symbols; first += 300) {
    const part = series.slice(first, first + 300).map((one, index) => ({
      series: one,
      name: instruments[first + index]?.name ?? '',
    }));
    writing.importSeries(part, { source: 'bench' });
  }
  writing.close();
}
