import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { BlockKernel } from './block-kernel.ts';
import type { BarColumns } from './block-layout.ts';
import { blocksAround, readBlocks, type BlockRange } from './read-blocks.ts';
import { freshColumns } from './series-blob.ts';
import { writeBlocks } from './write-blocks.ts';

const realBars = new URL('../../../../shared/data/krx-daily/', import.meta.url);
const kernel = new BlockKernel();

/** How wide the distances of a series are, in bits, and how often one is wilder than that. */
interface Shape {
  readonly bits: readonly [open: number, body: number, high: number, low: number, volume: number];
  readonly rows: number;
  readonly step: number;
  readonly wild: number;
  readonly seed: number;
}

const bits = fc.integer({ min: 0, max: 24 });
const shape: fc.Arbitrary<Shape> = fc.record({
  bits: fc.tuple(bits, bits, bits, bits, bits),
  rows: fc.integer({ min: 1, max: 700 }),
  step: fc.constantFrom(1, 5, 7, 50),
  wild: fc.constantFrom(0, 0.02, 0.4),
  seed: fc.nat(),
});

/** Bars whose distances are as wide as `shape` says, as long as no price passes 2^30. */
function barsOf({ bits: [open, body, high, low, volume], rows, step, wild, seed }: Shape): BarColumns {
  const random = generator(seed);
  const upTo = (width: number): number => Math.floor(random() * 2 ** (width + (random() < wild ? 28 - width : 0)));
  const within = (price: number): number => Math.min(Math.max(0, price), Math.floor(2 ** 30 / step));
  const into = freshColumns(rows);
  let last = within(2 ** 25);
  for (let row = 0; row < rows; row += 1) {
    const first = within(last + upTo(open) * (random() < 0.5 ? 1 : -1));
    last = within(first + upTo(body) * (random() < 0.5 ? 1 : -1));
    into.open[row] = first * step;
    into.high[row] = within(Math.max(first, last) + upTo(high)) * step;
    into.low[row] = within(Math.min(first, last) - upTo(low)) * step;
    into.close[row] = last * step;
    into.volume[row] = upTo(volume) * (random() < wild ? 2 ** 24 - 1 : 1);
  }
  return into;
}

/** A linear congruential generator; the same numbers each run. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function assertSame(columns: BarColumns, range?: BlockRange): void {
  const count = columns.close.length;
  const bytes = writeBlocks(columns);
  assert.ok(bytes !== null);
  const blocks = range ?? blocksAround(0, count);
  const rows = Math.min(count, blocks.endBlock * 128) - blocks.firstBlock * 128;
  const [plain, fast] = [freshColumns(rows), freshColumns(rows)];

  readBlocks(bytes, count, blocks, plain);
  kernel.read(bytes, count, blocks, fast);

  assert.deepEqual(fast, plain);
}

test('BlockKernel gives the bars that readBlocks() gives, whatever the widths, outliers and the last block', () => {
  fc.assert(
    fc.property(shape, (one) => assertSame(barsOf(one))),
    { numRuns: 150 },
  );
});

test('BlockKernel unpacks every width from 0 to 24 in every column', () => {
  const seen = Array.from({ length: 5 }, () => new Set<number>());
  for (let width = 0; width <= 24; width += 1) {
    const columns = barsOf({ bits: [width, width, width, width, width], rows: 300, step: 1, wild: 0, seed: width });
    const bytes = writeBlocks(columns)!;
    // The first block stands behind the number of blocks and three lengths; its forms behind the close and the step.
    for (const [column, widths] of seen.entries()) widths.add(bytes[4 + 2 * 3 + 6 + 2 * column]! & 31);

    assertSame(columns);
  }

  for (const widths of seen) assert.ok(widths.size >= 24, [...widths].join(' '));
  assert.deepEqual(
    [...seen[4]!],
    Array.from({ length: 25 }, (_, width) => width),
  );
});

test('BlockKernel reads any stretch of blocks alone, also of more blocks than it takes in one turn', () => {
  const columns = barsOf({ bits: [9, 9, 5, 5, 20], rows: 128 * 90 + 17, step: 50, wild: 0.02, seed: 1 });

  for (const [from, to] of [
    [0, 91],
    [39, 41],
    [1, 82],
    [90, 91],
    [40, 80],
  ] as const) {
    assertSame(columns, { firstBlock: from, endBlock: to });
  }
});

test('BlockKernel refuses blocks that are not those of so many bars, or end behind their bytes', () => {
  const bytes = writeBlocks(barsOf({ bits: [5, 5, 5, 5, 5], rows: 300, step: 1, wild: 0, seed: 1 }))!;
  const into = freshColumns(400);

  assert.throws(() => kernel.read(bytes, 400, blocksAround(0, 400), into), { name: 'InvariantError' });
  assert.throws(() => kernel.read(bytes.subarray(0, 100), 300, blocksAround(0, 300), into), { name: 'InvariantError' });
});

test('BlockKernel gives the real bars', (t) => {
  if (!existsSync(realBars)) {
    t.diagnostic('the folder of real bars is not beside the checkout: nothing was compared');
    return;
  }
  for (const file of readdirSync(realBars)) {
    const rows = readFileSync(new URL(file, realBars), 'utf8').trim().split('\n').slice(1);
    const cells = rows.map((line) => line.split(',').slice(1, 6).map(Number));
    const column = (place: number): Float64Array => Float64Array.from(cells, (row) => row[place]!);
    assertSame({ open: column(0), high: column(1), low: column(2), close: column(3), volume: column(4) });
  }
});
