import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { seededNumbers } from '../support/hostile-frames.ts';
import { mutant } from './mutant.ts';
import { isAnswer, readerTargets, type ReaderTarget } from './reader-targets.ts';

/** By hand, of each reader: `FUZZ_SECONDS=120 FUZZ_SEED=7 npm test -- tests/fuzz/readers.test.ts`. */
const seconds = Number(process.env['FUZZ_SECONDS'] ?? 0.15);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
/** However busy the machine is. */
const filesMin = 10;
/** Time of the processor for one file, the least of three: a collection of garbage is nobody's hang. */
const longestMs = 100;
const grownBytesMax = 64 * 1_048_576;

test('T19 readers of what comes from outside answer any file or refuse it in their own words, at once, and keep nothing of it', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'snowball-fuzz-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const targets = await readerTargets(folder);
  const startBytes = keptBytes();

  const read = targets.map((target, index) => fuzz(target, seed + index));

  assert.ok(read.every((count) => count >= filesMin));
  const grown = keptBytes() - startBytes;
  assert.ok(grown <= grownBytesMax, `${Math.round(grown / 1_048_576)} MiB more`);
});

/** What is left when all garbage is gone. */
function keptBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  assert.ok(typeof collect === 'function');
  collect();
  // Not what lies outside: zlib lets go of its own memory when it pleases.
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** @returns how many files were read */
function fuzz(target: ReaderTarget, ownSeed: number): number {
  for (const good of target.seeds) target.read(good);
  const draw = seededNumbers(ownSeed);
  const endsAtMs = performance.now() + seconds * 1_000;
  let count = 0;
  for (; count < filesMin || performance.now() < endsAtMs; count += 1) {
    const bytes = mutant(target.seeds, target.words, draw);
    const spent = spentMs(target, bytes);
    if (spent > longestMs) {
      const least = Math.min(spent, spentMs(target, bytes), spentMs(target, bytes));
      assert.ok(least <= longestMs, `${least} ms: ${reproduction(target, ownSeed, bytes)}`);
    }
  }
  return count;

  function spentMs({ read }: ReaderTarget, bytes: Buffer): number {
    const before = process.threadCpuUsage();
    try {
      read(bytes);
    } catch (error) {
      assert.ok(isAnswer(error), `${String(error)}: ${reproduction(target, ownSeed, bytes)}`);
    }
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  }
}

function reproduction({ name }: ReaderTarget, ownSeed: number, bytes: Buffer): string {
  const { length } = bytes;
  return `${name}, seed ${ownSeed}, ${length} bytes, base64 of the first 3,000: ${bytes.subarray(0, 3_000).toString('base64')}`;
}
