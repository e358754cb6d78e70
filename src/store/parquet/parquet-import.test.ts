import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { BarSeries } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import { columnDialects, type ColumnDialect } from '../csv/column-names.ts';
import { csvLines } from '../csv/csv-export.ts';
import { readCsvBars } from '../csv/csv-import.ts';
import { dayStartsAtMs } from '../csv/csv-series.ts';
import { parquetBytes } from './parquet-export.ts';
import { parquetFilesAt, readParquetBars } from './parquet-import.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-parquet-'));
after(() => rmSync(folder, { recursive: true }));
const dialects = Object.keys(columnDialects) as readonly ColumnDialect[];

type Row = readonly [open: number, high: number, low: number, close: number, volume: number];

function seriesOf(symbol: string, rows: readonly Row[]): BarSeries {
  const column = (index: number) => Float64Array.from(rows, (row) => row[index]!);
  const date = Int32Array.from(rows, (_, row) => 20230102 + (row % 28) + Math.trunc(row / 28) * 100);
  return {
    instrument: instrumentId(symbol),
    interval: '1d',
    date,
    startsAtMs: Float64Array.from(date, dayStartsAtMs),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
  };
}

function written(name: string, bytes: Uint8Array | string): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

const price = fc.integer({ min: 1, max: 2 ** 31 });
const bar = fc.tuple(price, price, price, price, fc.maxSafeInteger()).map((numbers): Row => {
  const [low, open, close, high] = numbers.slice(0, 4).toSorted((one, other) => one - other);
  return [open!, high!, low!, close!, Math.abs(numbers[4])];
});

test('bars come back to the bit from Parquet and from CSV under every dialect of column names', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(bar, { minLength: 1, maxLength: 40 }),
      fc.constantFrom(...dialects),
      async (rows, dialect) => {
        const all = [
          { series: seriesOf('005930', rows), name: '삼성, "전자"' },
          { series: seriesOf('00104K', rows.slice(0, 1)), name: '' },
        ];
        const parquet = written('all.parquet', parquetBytes(all, dialect));
        const csv = written('005930.csv', csvLines(all[0]!.series, all[0]!.name, dialect).join(''));

        assert.deepEqual((await readParquetBars([parquet], () => 'unknown')).series, all);
        assert.deepEqual(readCsvBars(csv, () => 'unknown').series, all.slice(0, 1));
      },
    ),
    { numRuns: 20 },
  );
});

/** A frame as pandas writes it: nanoseconds or days for the index, floats where a column once had a hole. */
function frame(codec: 'GZIP' | 'ZSTD' | 'SNAPPY', names: readonly string[], day: unknown): Uint8Array {
  const [index, open, high, low, close, volume] = names as [string, string, string, string, string, string];
  const buffer = parquetWriteBuffer({
    codec,
    compressors: { GZIP: (input) => gzipSync(input), ZSTD: (input) => zstdCompressSync(input) },
    columnData: [
      { name: open, data: [70_000n], type: 'INT64' },
      { name: high, data: [71_000n], type: 'INT64' },
      { name: low, data: [69_000n], type: 'INT64' },
      { name: close, data: [70_500], type: 'DOUBLE' },
      { name: volume, data: [1_234], type: 'INT32' },
      { name: '등락률', data: [0.71], type: 'DOUBLE' },
      { name: index, data: [day] as Date[], type: 'TIMESTAMP' },
    ],
  });
  return new Uint8Array(buffer);
}

for (const [name, codec, names] of [
  ['pykrx', 'SNAPPY', ['날짜', '시가', '고가', '저가', '종가', '거래량']],
  ['FinanceDataReader', 'GZIP', ['Date', 'Open', 'High', 'Low', 'Close', 'Volume']],
  ['a frame whose index has no name', 'ZSTD', ['__index_level_0__', 'Open', 'High', 'Low', 'Close', 'Volume']],
] as const) {
  test(`readParquetBars() reads a frame of ${name}, ${codec}, and takes the code from the name of the file`, async () => {
    const file = written('005930_daily.parquet', frame(codec, names, new Date('2023-12-22T00:00:00Z')));

    const { series, files } = await readParquetBars([file], () => 'unknown');

    assert.deepEqual([...series[0]!.series.date], [20231222]);
    assert.deepEqual([...series[0]!.series.close, ...series[0]!.series.volume], [70_500, 1_234]);
    assert.deepEqual([files[0]!.symbol, files[0]!.encoding], ['005930', 'Parquet']);
  });
}

test('readParquetBars() refuses what is no daily bar and what is no Parquet file, in one sentence', async () => {
  const names = ['Date', 'Open', 'High', 'Low', 'Close', 'Volume'];
  const minutes = written('005930.parquet', frame('SNAPPY', names, new Date('2023-12-22T09:31:00Z')));
  const noise = written('000660.parquet', 'PAR1 these bytes are nothing PAR1');

  await assert.rejects(
    readParquetBars([minutes], () => 'unknown'),
    { code: 'data.csv-cell', message: /row|line 1/ },
  );
  await assert.rejects(
    readParquetBars([noise], () => 'unknown'),
    { code: 'data.parquet' },
  );
  await assert.rejects(
    readParquetBars([join(folder, 'none.parquet')], () => 'unknown'),
    { code: 'data.csv-missing', message: /none\.parquet": found nothing there/ },
  );
});

test('parquetFilesAt() finds a file, or those of a folder by name', () => {
  const found = parquetFilesAt(folder);

  assert.ok(found.length >= 2 && found.every((file) => file.endsWith('.parquet')));
  assert.deepEqual(found, found.toSorted());
  assert.deepEqual(parquetFilesAt(found[0]!), [found[0]]);
  assert.deepEqual(parquetFilesAt(join(folder, '005930.csv')), []);
});

test('T19 readParquetBars() answers every file with a changed byte by bars or by one sentence', async () => {
  const whole = parquetBytes([{ series: seriesOf('005930', [[100, 110, 90, 105, 7]]), name: '삼성전자' }]);
  for (let place = 0; place < whole.length; place += 3) {
    const bytes = whole.slice();
    bytes[place]! ^= 1 << (place % 8);
    const file = written('changed.parquet', bytes);

    await readParquetBars([file], () => 'unknown').catch((error: unknown) => {
      assert.ok(error instanceof FixConfiguration, `byte ${place}: ${String(error)}`);
    });
  }
});
