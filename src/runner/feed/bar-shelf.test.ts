import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { openBarStore } from '#store/bar-store.ts';
import { openBarShelf } from './bar-shelf.ts';

test('openBarShelf() prefers the first file that has an instrument and lists each instrument once', (context) => {
  const [own, synthetic] = storesWith(context, { own: ['005930'], synthetic: ['005930', '000660'] });

  const shelf = openBarShelf([own, synthetic]);

  assert.deepEqual(
    shelf.datasets.map(({ symbol, source }) => [symbol, source]),
    [
      ['005930', 'own'],
      ['000660', 'synthetic'],
    ],
  );
  assert.equal(shelf.series('005930')?.close[0], 'own'.length);
  assert.equal(shelf.series('000660')?.close[0], 'synthetic'.length);
});

test('openBarShelf() answers null for an instrument that no file has', (context) => {
  const [own, synthetic] = storesWith(context, { own: [], synthetic: ['005930'] });

  assert.equal(openBarShelf([own, synthetic]).series('000660'), null);
});

/** Two stores; the close of a bar tells which store it is from. */
function storesWith(
  context: TestContext,
  symbols: Readonly<Record<'own' | 'synthetic', readonly string[]>>,
): [string, string] {
  const folder = mkdtempSync(join(tmpdir(), 'snowball-shelf-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const source of ['own', 'synthetic'] as const) {
    const store = openBarStore(join(folder, source));
    store.importSeries(
      symbols[source].map((symbol) => ({ name: symbol, series: oneBar(`KRX:${symbol}`, source.length) })),
      { source },
    );
    store.close();
  }
  return [join(folder, 'own'), join(folder, 'synthetic')];
}

function oneBar(instrument: InstrumentId, price: number): BarSeries {
  const column = Float64Array.of(price);
  const prices = { open: column, high: column, low: column, close: column };
  return {
    instrument,
    interval: '1d',
    date: Int32Array.of(20_260_105),
    startsAtMs: Float64Array.of(1_767_538_800_000),
    ...prices,
    volume: column,
  };
}
