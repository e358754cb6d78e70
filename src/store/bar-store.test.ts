import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import type { BarSeries } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { decodeBars, encodeBars } from './bar-columns.ts';
import { openBarStore } from './bar-store.ts';
import { csvLines } from './csv/csv-export.ts';
import { readCsvBars } from './csv/csv-import.ts';
import { dayStartsAtMs } from './csv/csv-series.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-store-'));
after(() => rmSync(folder, { recursive: true }));

type Row = readonly [date: number, open: number, high: number, low: number, close: number, volume: number];

function seriesOf(instrument: InstrumentId, rows: readonly Row[]): BarSeries {
  const column = (index: number) => Float64Array.from(rows, (row) => row[index]!);
  const [open, high, low, close, volume] = [1, 2, 3, 4, 5].map(column) as Float64Array[];
  return {
    instrument,
    interval: '1d',
    date: Int32Array.from(rows, (row) => row[0]),
    startsAtMs: Float64Array.from(rows, (row) => dayStartsAtMs(row[0])),
    open: open!,
    high: high!,
    low: low!,
    close: close!,
    volume: volume!,
  };
}

const samsung = seriesOf('KRX:005930', [
  [20231220, 74_200, 74_900, 73_800, 74_800, 17_096_184],
  [20231221, 74_600, 75_000, 74_300, 75_000, 13_478_766],
  [20231222, 75_800, 76_300, 75_400, 75_900, 14_515_608],
]);

test('encodeBars() gives back the same bars through decodeBars(), whatever the numbers', () => {
  const price = fc.integer({ min: 1, max: 2 ** 31 });
  const row = fc.tuple(price, price, price, price, fc.integer({ min: 0, max: 2 ** 45 }));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
      const series = seriesOf(
        'KRX:000660',
        rows.map((one, index) => [20_230_101 + (index % 28) + Math.trunc(index / 28) * 100, ...one] as Row),
      );

      assert.deepEqual(decodeBars(encodeBars(series), rows.length, 'KRX:000660', '1d'), series);
    }),
    { numRuns: 40 },
  );
});

test('importSeries() keeps bars across a closing and series() cuts them by day', () => {
  const file = join(folder, 'kept.sqlite');
  const first = openBarStore(file);
  first.importSeries([{ series: samsung, name: '삼성전자' }], { source: 'test' });
  first.close();

  const store = openBarStore(file);

  assert.deepEqual(store.series('005930', '1d', 0, 99_999_999), samsung);
  assert.deepEqual([...store.series('005930', '1d', 20231221, 20231221)!.close], [75_000]);
  assert.equal(store.series('005930', '1d', 20240101, 20241231)!.date.length, 0);
  assert.equal(store.series('000660', '1d', 0, 99_999_999), null);
  assert.deepEqual(
    store.datasets().map(({ symbol, name, from, to, bars }) => ({ symbol, name, from, to, bars })),
    [{ symbol: '005930', name: '삼성전자', from: 20231220, to: 20231222, bars: 3 }],
  );
  store.close();
});

test('importSeries() adds new days, replaces changed ones and counts both', () => {
  const store = openBarStore(':memory:');
  store.importSeries([{ series: samsung, name: '삼성전자' }], { source: 'test' });

  const counts = store.importSeries(
    [
      {
        series: seriesOf('KRX:005930', [
          [20231219, 72_900, 73_400, 72_800, 73_400, 1],
          [20231221, 74_600, 75_000, 74_300, 75_000, 13_478_766],
          [20231222, 75_800, 76_300, 75_400, 76_000, 14_515_608],
          [20231226, 76_100, 76_700, 75_700, 76_600, 2],
        ]),
        name: '',
      },
    ],
    { source: 'later' },
  );

  assert.deepEqual(counts, [{ symbol: '005930', added: 2, changed: 1, equal: 1 }]);
  const merged = store.series('005930', '1d', 0, 99_999_999)!;
  assert.deepEqual([...merged.date], [20231219, 20231220, 20231221, 20231222, 20231226]);
  assert.deepEqual([...merged.close], [73_400, 74_800, 75_000, 76_000, 76_600]);
  assert.equal(store.datasets()[0]!.name, '삼성전자');
  store.close();
});

test('importSeries() stores nothing of a batch in which one series breaks', () => {
  const store = openBarStore(':memory:');
  const broken = seriesOf('KRX:000660', [[20231220, 1.5, 2, 1, 2, 1]]);

  assert.throws(() =>
    store.importSeries(
      [
        { series: samsung, name: '삼성전자' },
        { series: broken, name: '' },
      ],
      { source: 'test' },
    ),
  );

  assert.deepEqual(store.datasets(), []);
  store.importSeries([{ series: samsung, name: '' }], { source: 'after' });
  assert.equal(store.datasets().length, 1);
  store.close();
});

test('openBarStore() refuses a file that is not a store, in one sentence', () => {
  const file = join(folder, 'not-a-store.sqlite');
  writeFileSync(file, 'these are not the bytes of a database, but of a text that is long enough to be looked at');

  assert.throws(() => openBarStore(file), { code: 'store.open' });
});

test('series() says that stored columns are damaged instead of returning them', () => {
  const file = join(folder, 'damaged.sqlite');
  const store = openBarStore(file);
  store.importSeries([{ series: samsung, name: '' }], { source: 'test' });
  const database = new DatabaseSync(file);
  database.exec("UPDATE series SET bytes = x'01ffffff'");
  database.close();

  assert.throws(() => store.series('005930', '1d', 0, 99_999_999), { code: 'store.damaged' });
  store.close();
});

test('csvLines() writes what readCsvBars() reads back equal', () => {
  const file = join(folder, '005930.csv');
  writeFileSync(file, csvLines(samsung, '삼성, "전자"').join(''));

  const { series } = readCsvBars(file, () => 'unknown');

  assert.deepEqual(series, [{ series: samsung, name: '삼성, "전자"' }]);
});
