import { parseFrame, splitRecords } from '#brokers/kis/stream/stream-frame.ts';
import { tickOf } from '#brokers/kis/stream/stream-records.ts';
import { TradeScanner } from '#brokers/kis/stream/trade-scanner.ts';
import { tradeRecord } from '#brokers/kis/wire-types.ts';

/**
 * Trade records a second on one core, from Buffers of realistic frames of 1 to 20 records: the scanner of the live path
 * beside the plain version that splits strings, over the same bytes, by the thread's own time. Goal: 5,000,000 with nothing allocated per record.
 * Run with --expose-gc for the bytes allocated.
 */
const frameCount = 2_000;
const rounds = 31;
const warmUpRounds = 10;
const goal = 5_000_000;

const frames = Array.from({ length: frameCount }, (_, index) => aFrame(index));
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

/**
 * One frame of 1 to 20 trades of one stock, seconds and ticks apart as KIS puts them together, with fields as long as on a
 * trading day; the same every time.
 */
function aFrame(index: number): Buffer {
  let seed = index + 1;
  const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const digits = (most: number): string => String(Math.floor(10 ** (random() * most)));
  const count = 1 + Math.floor(random() * 20);
  const symbol = String(Math.floor(random() * 1_000_000)).padStart(6, '0');
  const base = 1_000 + Math.floor(random() * 300_000);
  const [high, low] = [base + 1_500, Math.max(1, base - 1_500)];
  let second = 32_400 + Math.floor(random() * 23_000);
  let ofDay = 10_000 + Number(digits(8));
  const records = Array.from({ length: count }, () => {
    second += random() < 0.1 ? 1 : 0;
    const price = Math.max(low, Math.min(high, base + Math.floor(random() * 1_000 - 500)));
    const [change, volume] = [price - base, digits(4)];
    ofDay += Number(volume);
    return (
      `${symbol}^${clock(second)}^${price}^5^${change}^-0.14^${price}.83^${base}^${high}^${low}^${price + 100}^${price}^${volume}^` +
      `${ofDay}^${digits(12)}^${digits(5)}^${digits(5)}^${change}^84.90^${digits(7)}^${digits(7)}^1^0.39^20.28^090020^5^-200^` +
      `090820^5^-500^092619^2^200^20260914^20^N^${digits(6)}^${digits(6)}^${digits(7)}^${digits(7)}^0.05^${digits(7)}^125.92^0^^` +
      `${base}^2`
    );
  });
  return Buffer.from(`0|H0STCNT0|${String(count).padStart(3, '0')}|${records.join('^')}`);
}

/** `hhmmss`. */
function clock(second: number): string {
  const parts = [Math.floor(second / 3_600), Math.floor(second / 60) % 60, second % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join('');
}
