import { createServer } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { tradeFrame } from './trade-frame.ts';

/**
 * A broker's side in a thread of its own: `{ ticks, ticksPerSecond }` of trade frames over a loopback socket, evenly in
 * time. Before each frame stand 12 bytes: the nanosecond at which it was handed to the socket (of the machine's clock, which
 * all threads share), and the frame's length. What the socket cannot take at once waits behind it and counts as delay; that
 * the sender itself woke late does not, it only makes more ticks come at once. Between two looks it sleeps: a thread that
 * spins instead is taken off its core for milliseconds by whoever else wants it.
 */
const { ticks, ticksPerSecond } = workerData as { readonly ticks: number; readonly ticksPerSecond: number };
const frames = Array.from({ length: 500 }, (_, index) => tradeFrame(index));
const sleepMs = 0.1;
const headBytes = 12;
const bed = new Int32Array(new SharedArrayBuffer(4));

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.once('data', () => {
    const start = process.hrtime.bigint();
    let [sent, next] = [0, 0];
    const pump = (): void => {
      const now = process.hrtime.bigint();
      const due = Math.min(ticks, (Number(now - start) / 1e9) * ticksPerSecond);
      const parts: Buffer[] = [];
      while (sent < due) {
        const frame = frames[next % frames.length] ?? Buffer.alloc(0);
        const head = Buffer.allocUnsafe(headBytes);
        head.writeBigUInt64LE(now);
        head.writeUInt32LE(frame.length, 8);
        parts.push(head, frame);
        sent += recordsIn(frame);
        next += 1;
      }
      // What is due together leaves together, as from a broker's card.
      if (parts.length > 0) socket.write(Buffer.concat(parts));
      if (sent >= ticks) return void socket.end();
      Atomics.wait(bed, 0, 0, sleepMs);
      setImmediate(pump);
    };
    pump();
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a worker has no origin
  parentPort?.postMessage(typeof address === 'object' && address !== null ? address.port : 0);
});

function recordsIn(frame: Buffer): number {
  return Number(frame.toString('latin1', 11, 14));
}
