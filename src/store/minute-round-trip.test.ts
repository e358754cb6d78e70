import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { BarReading } from './bar-reading.ts';
import { columnDialects, type ColumnDialect } from './csv/column-names.ts';
import { csvLines } from './csv/csv-export.ts';
import { readCsvBars, type CsvImport } from './csv/csv-import.ts';
import { dayStartsAtMs } from './csv/csv-series.ts';
import { madeMinutes } from './fixtures/made-minutes.ts';
import { parquetBytes } from './parquet/parquet-export.ts';
import { readParquetBars } from './parquet/parquet-import.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-minutes-'));
after(() => rmSync(folder, { recursive: true }));

const hours = { continuous: [{ from: 540, to: 920 }], closesAt: 930, extra: [] };
const reading: BarReading = { interval: 'detect', stamp: 'detect', sessions: () => hours };

function minutesOf({ series }: CsvImport): readonly string[] {
  return Array.from(series[0]!.series.startsAtMs, (at, row) => {
    const date = series[0]!.series.date[row]!;
    return `${date} ${(at - dayStartsAtMs(date)) / 60_000}`;
  });
}

const dialects = Object.keys(columnDialects) as readonly ColumnDialect[];
const asStarts: BarReading = { ...reading, stamp: 'start' };

test('minutes come back to the bit from Parquet and from CSV under every dialect of column names', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...dialects),
      fc.record({
        quietPercent: fc.integer({ min: 0, max: 60 }),
        seed: fc.nat({ max: 1_000 }),
        tick: fc.integer({ min: 1, max: 500 }),
      }),
      async (dialect, made) => {
        const one = madeMinutes('KRX:005930', { days: [20261119, 20261120], price: 50 * made.tick, ...made });
        const all = [
          { series: one, name: '삼성, "전자"' },
          { series: madeMinutes('KRX:00104K', { days: [20261120], price: 30 * made.tick, ...made }), name: '' },
        ];
        const [parquet, csv] = [join(folder, 'all.parquet'), join(folder, '005930.csv')];
        writeFileSync(parquet, parquetBytes(all, dialect));
        writeFileSync(csv, csvLines(one, '삼성, "전자"', dialect).join(''));

        assert.deepEqual((await readParquetBars([parquet], () => 'unknown', asStarts)).series, all);
        assert.deepEqual(readCsvBars(csv, () => 'unknown', asStarts).series, all.slice(0, 1));
      },
    ),
    { numRuns: 5 },
  );
});

test('readParquetBars() reads a frame in UTC, one on the clock of Seoul and one that does not say, as the same minutes', async () => {
  const local = [0, 1].map((minute) => new Date(Date.UTC(2026, 10, 20, 9, minute)));
  const utc = [0, 1].map((minute) => new Date(Date.UTC(2026, 10, 20, 0, minute)));
  const prices = ['open', 'high', 'low', 'close', 'volume'].map((name, place) => ({
    name,
    data: [100, 110, 90, 105, 10].slice(place, place + 1).flatMap((value) => [BigInt(value), BigInt(value)]),
  }));
  const frame = (data: readonly Date[], isAdjustedToUTC?: boolean): string => {
    const file = join(folder, `005930_${String(isAdjustedToUTC)}.parquet`);
    const logical =
      isAdjustedToUTC === undefined
        ? { converted_type: 'TIMESTAMP_MICROS' as const }
        : { logical_type: { type: 'TIMESTAMP' as const, isAdjustedToUTC, unit: 'MICROS' as const } };
    const schema = [
      { name: 'root', num_children: 6 },
      { name: '__index_level_0__', type: 'INT64' as const, repetition_type: 'REQUIRED' as const, ...logical },
      ...prices.map(({ name }) => ({ name, type: 'INT64' as const, repetition_type: 'REQUIRED' as const })),
    ];
    writeFileSync(
      file,
      new Uint8Array(
        parquetWriteBuffer({ columnData: [{ name: '__index_level_0__', data: [...data] }, ...prices], schema }),
      ),
    );
    return file;
  };

  const found = await Promise.all(
    [frame(local, false), frame(utc, true), frame(utc)].map((file) =>
      readParquetBars([file], () => 'unknown', reading),
    ),
  );

  for (const one of found) assert.deepEqual(minutesOf(one), ['20261120 540', '20261120 541']);
});
