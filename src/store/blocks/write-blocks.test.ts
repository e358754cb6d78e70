import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { BarColumns } from './block-layout.ts';
import { blocksAround, readBlocks } from './read-blocks.ts';
import { writeBlocks } from './write-blocks.ts';

const realBars = new URL('../../../../shared/data/krx-daily/', import.meta.url);

type Row = readonly [open: number, high: number, low: number, close: number, volume: number];

function columnsOf(rows: readonly Row[]): BarColumns {
  const column = (index: number) => Float64Array.from(rows, (row) => row[index]!);
  return { open: column(0), high: column(1), low: column(2), close: column(3), volume: column(4) };
}

function emptyColumns(rows: number): BarColumns {
  return columnsOf(Array.from({ length: rows }, () => [0, 0, 0, 0, 0] as const));
}

function readBack(bytes: Uint8Array, count: number): BarColumns {
  const into = emptyColumns(count);
  readBlocks(bytes, count, blocksAround(0, count), into);
  return into;
}

const price = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 30 }),
  fc.integer({ min: 900, max: 1_100 }).map((n) => n * 50),
);
const bar = fc.tuple(price, price, price, price, fc.oneof(fc.nat(1_000_000), fc.maxSafeInteger())).map((numbers) => {
  const [low, open, close, high] = numbers.slice(0, 4).toSorted((one, other) => one - other);
  return [open!, high!, low!, close!, Math.abs(numbers[4]) % 2 ** 52] as const;
});

test('readBlocks() gives back what writeBlocks() was given, wild days and whole multiples alike', () => {
  fc.assert(
    fc.property(fc.array(bar, { maxLength: 300 }), (rows) => {
      const columns = columnsOf(rows);

      const bytes = writeBlocks(columns);

      assert.ok(bytes !== null);
      assert.deepEqual(readBack(bytes, rows.length), columns);
    }),
    { numRuns: 60 },
  );
});

test('readBlocks() reads any stretch of blocks alone', () => {
  const rows = Array.from(
    { length: 400 },
    (_, row) => [5_000 + row, 5_100 + row, 4_900 + row, 5_050 + row, row] as const,
  );
  const bytes = writeBlocks(columnsOf(rows));
  const into = emptyColumns(256);

  readBlocks(bytes!, 400, blocksAround(130, 300), into);

  assert.deepEqual(
    [...into.volume],
    Array.from({ length: 256 }, (_, row) => row + 128),
  );
  assert.deepEqual([into.open[0], into.close[255]], [5_128, 5_050 + 383]);
});

test('writeBlocks() holds nothing that it could not give back: fractions, signs, prices beyond 2^30, a high in the body', () => {
  const refused: readonly Row[] = [
    [10.5, 12, 10, 11, 1],
    [10, 12, -1, 11, 1],
    [10, 2 ** 30 + 1, 10, 11, 1],
    [10, 10, 9, 11, 1],
    [10, 12, 11, 12, 1],
    [10, 12, 9, 11, -1],
    [10, 12, 9, 11, 2 ** 52 + 2],
    [NaN, 12, 9, 11, 1],
  ];

  for (const row of refused) assert.equal(writeBlocks(columnsOf([row])), null, String(row));
});

test('writeBlocks() keeps real daily bars in at most 8 bytes each, adjusted prices between the ticks included', (t) => {
  if (!existsSync(realBars)) {
    t.diagnostic('the folder of real bars is not beside the checkout: nothing was measured');
    return;
  }
  for (const file of readdirSync(realBars)) {
    const rows = readFileSync(new URL(file, realBars), 'utf8').trim().split('\n').slice(1);
    const columns = columnsOf(rows.map((line) => line.split(',').slice(1, 6).map(Number) as unknown as Row));

    const bytes = writeBlocks(columns)!;

    assert.ok(bytes.length / rows.length <= 8, `${file}: ${bytes.length / rows.length}`);
    assert.deepEqual(readBack(bytes, rows.length), columns);
  }
});
