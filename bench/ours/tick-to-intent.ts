import { connect } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { TradeScanner } from '#brokers/kis/stream/trade-scanner.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { decide } from '#guard/decide.ts';
import { anOrder, ago, aRequest, aState, wide } from '../../tests/support/guard-makers.ts';
import { serveRounds } from '../harness/contestant.ts';

/**
 * `tick-to-intent.ts intent|in-hand|bare TICKS`: 100,000 ticks a second over a loopback socket, read by the scanner of the
 * live path; every hundredth tick makes an intent, which the guard judges with a hundred orders of the day behind it. A
 * round's time is the p99 of the delay until its verdict stands: since the sender handed the tick to its socket, or
 * (`in-hand`) since its bytes were in our hands. `bare` reads the same bytes off the same socket and neither scans nor
 * judges: what the machine takes.
 */
const mode = process.argv[2];
const ticks = Number(process.argv[3]);
const ticksPerSecond = 100_000;
const intentEvery = 100;
const sender = new Worker(join(import.meta.dirname, '..', 'harness', 'tick-sender.ts'), {
  workerData: { ticks, ticksPerSecond },
});
const port = await new Promise<number>((resolve) => sender.once('message', resolve));
const request = aRequest();
const last = { price: won(70_000), atMs: ago(1_000) };
const state = aState({
  limits: wide,
  ordersOfDay: Array.from({ length: 100 }, (_, index) =>
    anOrder({
      price: won(69_000),
      quantity: quantity(1 + index),
      open: quantity(index % 2),
      atMs: ago((100 - index) * 1_000),
    }),
  ),
  lastTrade: () => last,
});
const scanner = new TradeScanner();

await serveRounds(async () => {
  const delays = await playDay();
  delays.sort((one, other) => one - other);
  const p99 = delays[Math.floor(delays.length * 0.99)] ?? NaN;
  return { ms: p99, threadMs: p99, checksum: { intents: delays.length } };
});
await sender.terminate();

/** Delays in milliseconds, one an intent. */
function playDay(): Promise<number[]> {
  const delays: number[] = [];
  let waiting: Buffer = Buffer.alloc(0);
  let [seen, approved] = [0, 0];
  const take = (frame: Buffer, from: bigint): void => {
    const count = Number(frame.toString('latin1', 11, 14));
    if (mode !== 'bare' && !scanner.scan(frame, 15, count)) throw new Error('A frame of this bench can be read');
    const before = Math.floor(seen / intentEvery);
    seen += count;
    if (Math.floor(seen / intentEvery) === before) return;
    if (mode === 'bare' || decide(request, state).kind === 'approved') approved += 1;
    delays.push(Number(process.hrtime.bigint() - from) / 1e6);
  };
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('go'));
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => {
      const inHandAt = process.hrtime.bigint();
      let all: Buffer = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes]);
      while (all.length >= 12 && all.length >= 12 + all.readUInt32LE(8)) {
        const end = 12 + all.readUInt32LE(8);
        take(all.subarray(12, end), mode === 'in-hand' ? inHandAt : all.readBigUInt64LE(0));
        all = all.subarray(end);
      }
      waiting = all;
    });
    socket.on('error', reject);
    socket.on('close', () => (approved > 0 ? resolve(delays) : reject(new Error('The guard approved nothing'))));
  });
}
