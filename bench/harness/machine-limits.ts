import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

/** What this machine can do at the most: no figure of ours can be better than these. */
export interface MachineLimits {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly node: string;
  /** Of the last minute, when the measuring began. */
  readonly load: number;
  /** Bytes read and written by a plain copy of 128 MiB, 10^9 a second. */
  readonly copyGbPerSecond: number;
  /** One append of 200 bytes and its fdatasync, in the folder for temporary files; median and p99 of 300. */
  readonly fdatasyncMs: { readonly median: number; readonly p99: number };
}

export function machineLimits(): MachineLimits {
  const syncs = syncTimes(300);
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGib: totalmem() / 2 ** 30,
    node: process.version,
    load: loadavg()[0] ?? NaN,
    copyGbPerSecond: copySpeed(),
    fdatasyncMs: { median: syncs[150] ?? NaN, p99: syncs[297] ?? NaN },
  };
}

function copySpeed(): number {
  const from = new Float64Array(2 ** 24).fill(1);
  const to = new Float64Array(2 ** 24);
  let best = Infinity;
  for (let round = 0; round < 7; round += 1) {
    const start = performance.now();
    to.set(from);
    best = Math.min(best, performance.now() - start);
  }
  return (2 * from.byteLength) / best / 1e6;
}

/** Sorted, in milliseconds. */
function syncTimes(count: number): readonly number[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-limits-'));
  const file = openSync(join(folder, 'file'), 'w');
  const line = Buffer.alloc(200, 'x');
  const times = Array.from({ length: count }, () => {
    const start = performance.now();
    writeSync(file, line);
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return times.toSorted((one, other) => one - other);
}
