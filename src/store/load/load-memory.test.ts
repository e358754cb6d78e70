import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadMemory, machinePlaces } from './load-memory.ts';
import { placeBlocksIn } from '../blocks/place-blocks.ts';
import { blocksAround } from '../blocks/read-blocks.ts';
import { freshColumns } from '../blocks/series-blob.ts';
import { writeBlocks } from '../blocks/write-blocks.ts';

const large = 2 ** 24;

test('loadMemory() takes what is offered where it is large enough, and knows which of it has room for decoders', () => {
  const small = loadMemory(1_000, undefined);
  const fresh = loadMemory(large, undefined);
  const foreign = new SharedArrayBuffer(2 * large);

  assert.deepEqual([small.wasm, small.columnsAt, small.buffer.byteLength], [null, 0, 1_000]);
  assert.ok(fresh.wasm !== null && fresh.buffer.byteLength >= fresh.columnsAt + large);
  assert.equal(loadMemory(large, fresh.buffer), fresh);
  assert.equal(loadMemory(500, fresh.buffer), fresh);
  assert.notEqual(loadMemory(2 * large, fresh.buffer).buffer, fresh.buffer);
  assert.deepEqual(loadMemory(2 * large, foreign), { buffer: foreign, wasm: null, columnsAt: 0 });
  assert.equal(placeBlocksIn(small, machinePlaces.caller), null);
});

test('loadMemory() lends ordinary memory for what 32 bits do not reach', () => {
  // Asked for and never touched: the system lends the address space alone.
  const { wasm, buffer } = loadMemory(2 ** 32, undefined);

  assert.equal(wasm, null);
  assert.equal(buffer.byteLength, 2 ** 32);
});

test('placeBlocksIn() gives two threads a decoder each, and writes nothing beyond a column but up to three places', () => {
  const rows = 301;
  const columns = freshColumns(rows);
  for (let row = 0; row < rows; row += 1) {
    const open = 10_000 + 7 * ((row * 37) % 11);
    columns.open[row] = open;
    columns.high[row] = open + (row % 5);
    columns.low[row] = open - (row % 3);
    columns.close[row] = open;
    columns.volume[row] = row ** 4;
  }
  const bytes = writeBlocks(columns)!;
  const memory = loadMemory(large, undefined);
  const all = new Float64Array(memory.buffer, memory.columnsAt);
  const columnBytes = 304 * 8;

  for (const from of [machinePlaces.caller, machinePlaces.helper]) {
    all.fill(-1, 0, 10_000);
    const place = { at: memory.columnsAt + 8 * 100, columnBytes };
    placeBlocksIn(memory, from)!(bytes, rows, blocksAround(0, rows), place);

    for (const [index, column] of [columns.open, columns.high, columns.low, columns.close, columns.volume].entries()) {
      assert.deepEqual(all.slice(100 + 304 * index, 100 + 304 * index + rows), column);
    }
    assert.ok([...all.subarray(0, 100), ...all.subarray(100 + 5 * 304, 10_000)].every((one) => one === -1));
  }
});
