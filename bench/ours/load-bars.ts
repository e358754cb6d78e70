import { statSync } from 'node:fs';
import { openBarStore } from '#store/bar-store.ts';
import { serveRounds, timed } from '../harness/contestant.ts';
import { storeOfMarket } from '../harness/store-of-market.ts';

/** `load-bars.ts <symbols>`: every bar of the store into memory that workers can share. */
const symbols = Number(process.argv[2]);
const file = storeOfMarket(symbols);
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
