import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWholeWon } from '#domain/whole-won.ts';
import { freshColumns } from './series-blob.ts';
import type { SeriesHead } from './series-head.ts';
import { seriesOfCut, type BlockCut } from './block-cut.ts';

const times = { dates: Int32Array.of(20_240_102, 20_240_103), startsAtMs: Float64Array.of(0, 86_400_000) };
const cut: BlockCut = { times, range: { firstBlock: 0, endBlock: 1 }, rows: 3, skip: 1 };
const head: SeriesHead = {
  symbol: '005930',
  interval: '1d',
  count: 3,
  format: 2,
  checksum: 0,
  dayList: 1,
  days: new Uint8Array(0),
};

test('seriesOfCut() vouches for the prices that it hands out, which come of integers, and not for volumes', () => {
  const columns = freshColumns(3);
  const series = seriesOfCut(head, cut, columns);
  // So that only who knows the column takes it for whole.
  for (const column of Object.values(columns)) column.fill(0.5);
  const isWhole = (column: Float64Array): boolean => isWholeWon(column, 0, column.length);
  assert.deepEqual([series.open, series.high, series.low, series.close, series.volume].map(isWhole), [
    true,
    true,
    true,
    true,
    false,
  ]);
});
