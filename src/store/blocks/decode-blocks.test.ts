import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import type { BarColumns } from './block-layout.ts';
import { decodeBlocks } from './decode-blocks.ts';
import { blocksAround } from './read-blocks.ts';
import { freshColumns } from './series-blob.ts';
import { writeBlocks } from './write-blocks.ts';

/** 79 blocks: thirteen times through them the kernel is there, where it can be. */
const count = 10_000;
const rounds = 20;

function someBars(): BarColumns {
  const columns = freshColumns(count);
  for (let row = 0; row < count; row += 1) {
    const open = 50_000 + 50 * ((row * 7_919) % 101);
    columns.open[row] = open;
    columns.close[row] = open - 50 * ((row * 31) % 7);
    columns.high[row] = open + 100;
    columns.low[row] = open - 400;
    columns.volume[row] = (row * 104_729) % 3_000_017;
  }
  return columns;
}

test('decodeBlocks() gives the same bars before and after it has built its kernel', () => {
  const columns = someBars();
  const bytes = writeBlocks(columns)!;

  for (let round = 0; round < rounds; round += 1) {
    const into = freshColumns(count);
    decodeBlocks(bytes, count, blocksAround(0, count), into);
    assert.deepEqual(into, columns);
  }
});

test('decodeBlocks() decodes without a kernel on a processor whose vectors WebAssembly cannot use', () => {
  const bytes = Buffer.from(writeBlocks(someBars())!).toString('base64');
  const script = `
    import { BlockKernel } from ${JSON.stringify(new URL('block-kernel.ts', import.meta.url).href)};
    import { decodeBlocks } from ${JSON.stringify(new URL('decode-blocks.ts', import.meta.url).href)};
    const into = Object.fromEntries(['open', 'high', 'low', 'close', 'volume'].map((name) => [name, new Float64Array(${count})]));
    for (let round = 0; round < ${rounds}; round += 1) {
      into.volume.fill(0);
      decodeBlocks(Buffer.from('${bytes}', 'base64'), ${count}, { firstBlock: 0, endBlock: ${Math.ceil(count / 128)} }, into);
    }
    let isSlow = false;
    try { new BlockKernel(); } catch { isSlow = true; }
    process.stdout.write(isSlow + ' ' + into.volume.reduce((sum, one) => sum + one, 0));`;

  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--no-enable-sse4-1', '--no-enable-sse3', '--no-enable-ssse3', '--input-type=module', '-e', script],
    {
      encoding: 'utf8',
      timeout: 20_000,
    },
  );

  assert.equal(stdout, `${process.arch === 'x64'} ${someBars().volume.reduce((sum, one) => sum + one, 0)}`, stderr);
});
