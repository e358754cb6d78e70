import { parseFrame, splitRecords } from '#brokers/kis/stream/stream-frame.ts';
import { tickOf } from '#brokers/kis/stream/stream-records.ts';
import { TradeScanner } from '#brokers/kis/stream/trade-scanner.ts';
import { tradeRecord } from '#brokers/kis/wire-types.ts';
import { tradeFrame } from './harness/trade-frame.ts';

/**
 * Trade records a second on one core, from Buffers of realistic frames of 1 to 20 records: the scanner of the live path
 * beside the plain version that splits strings, over the same bytes, by the thread's own time. Goal: 5,000,000 with nothing allocated per record.
 * Run with --expose-gc for the bytes allocated.
 */
const frameCount = 2_000;
const rounds = 31;
const warmUpRounds = 10;
const goal = 5_000_000;

const frames = Array.from({ length: frameCount }, (_, index) => tradeFrame(index));
const records = frames.reduce((sum, frame) => sum + countOf(frame), 0);
const scanner = new TradeScanner();

const fast = measured(scanAll);
const plain = measured(splitAll);
if (fast.sum !== plain.sum) throw new Error(`Both read the same trades: ${fast.sum} and ${plain.sum}`);
console.log(`kis-frames: ${records} records in ${frameCount} frames, median of ${rounds} rounds`);
console.log(`scanner: ${rate(fast.ms)} records/s, ${nanoseconds(fast.ms)} ns a record${allocated(scanAll)}`);
console.log(`split:   ${rate(plain.ms)} records/s, ${nanoseconds(plain.ms)} ns a record${allocated(splitAll)}`);
console.log(`ratio:   ${(plain.ms / fast.ms).toFixed(1)} (goal ${goal.toLocaleString('en-US')} records/s)`);
if ((records / fast.ms) * 1_000 < goal) process.exitCode = 1;

function scanAll(): number {
  const { columns } = scanner;
  let sum = 0;
  for (const frame of frames) {
    const count = countOf(frame);
    if (!scanner.scan(frame, 15, count)) throw new Error('A frame of this bench can be read');
    for (let record = 0; record < count; record += 1) {
      if (columns.isTrade[record] === 1) sum += (columns.price[record] ?? 0) + (columns.quantity[record] ?? 0);
    }
  }
  return sum;
}

function splitAll(): number {
  let sum = 0;
  for (const bytes of frames) {
    const frame = parseFrame(bytes.toString('utf8'));
    if (frame.kind !== 'data') throw new Error('A frame of this bench holds data');
    for (const fields of splitRecords(frame.payload, frame.count, tradeRecord.fieldsMin) ?? []) {
      const tick = tickOf(fields);
      if (tick !== null) sum += tick.price + tick.quantity;
    }
  }
  return sum;
}

function measured(work: () => number): { readonly ms: number; readonly sum: number } {
  for (let round = 0; round < warmUpRounds; round += 1) work();
  const times: number[] = [];
  let sum = 0;
  for (let round = 0; round < rounds; round += 1) {
    const start = threadMs();
    sum = work();
    times.push(threadMs() - start);
  }
  return { ms: times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN, sum };
}

/** Time this thread was given by its core, so that a busy machine does not count as a slow scanner. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Heap growth of one round after a collection; empty without --expose-gc. */
function allocated(work: () => number): string {
  if (globalThis.gc === undefined) return '';
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  work();
  const bytes = Math.max(0, process.memoryUsage().heapUsed - before) / records;
  return `, ${bytes.toFixed(1)} bytes of heap a record`;
}

function rate(milliseconds: number): string {
  return Math.round((records / milliseconds) * 1_000).toLocaleString('en-US');
}

function nanoseconds(milliseconds: number): string {
  return ((milliseconds * 1e6) / records).toFixed(0);
}

function countOf(frame: Buffer): number {
  return ((frame[11] ?? 0) - 48) * 100 + ((frame[12] ?? 0) - 48) * 10 + ((frame[13] ?? 0) - 48);
}
