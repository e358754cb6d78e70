import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect as openSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { hostileChunks, seededNumbers } from '../../tests/support/hostile-frames.ts';
import type { Api } from './api.ts';
import { connect } from './client.ts';
import { FrameReader } from './frame.ts';
import { listen } from './listener.ts';
import { hashToken, newToken } from './token.ts';

/** By hand: `FUZZ_SECONDS=1800 FUZZ_SEED=7 node --test src/link/frame-fuzz.test.ts`. */
const seconds = Number(process.env['FUZZ_SECONDS'] ?? 1.5);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_121);
const grownBytesMax = 64 * 1_048_576;
/** Time of the processor, not of the wall: a loaded machine makes nobody hang. */
const longestMs = 100;
const connectionsAtOnce = 8;

const api = {
  methods: {
    double: { params: z.strictObject({ value: z.int() }), result: z.int(), roles: ['server'] },
    write: { params: z.strictObject({ value: z.int() }), result: z.int(), roles: ['server'], repeats: 'memory' },
  },
  events: {},
} as const satisfies Api;

test('T19 FrameReader takes hostile bytes in any pieces: messages or MalformedFrame, never long, never more than it holds', () => {
  const next = seededNumbers(seed);
  const endsAtMs = performance.now() + (seconds * 1_000) / 2;
  let read = 0;
  let longest = 0;
  while (performance.now() < endsAtMs) {
    const reader = new FrameReader();
    for (const chunk of hostileChunks(next, { role: 'server', token: 'x'.repeat(64) })) {
      const before = process.cpuUsage();
      try {
        reader.push(chunk);
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'link.malformed', `seed ${seed}: ${String(error)}`);
        break;
      } finally {
        const { user, system } = process.cpuUsage(before);
        longest = Math.max(longest, (user + system) / 1_000);
      }
    }
    read += 1;
  }

  assert.ok(read > 20, `only ${read} connections`);
  assert.ok(longest <= longestMs, `${longest} ms for one chunk, seed ${seed}`);
});

test('T19 listen() outlives hostile connections, answers a proper one all the while, and grows by no more than 64 MiB', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'sb-fuzz-'));
  const socketPath = join(folder, 's');
  const token = newToken();
  const faults: unknown[] = [];
  const listener = await listen({
    socketPath,
    api,
    tokenHashes: { server: hashToken(token) },
    handlers: { double: async ({ value }) => value * 2, write: async ({ value }) => value },
    onFault: (error) => faults.push(error),
  });
  const proper = await connect({ socketPath, api, role: 'server', token });
  context.after(async () => {
    await proper.close();
    await listener.close();
    rmSync(folder, { recursive: true });
  });
  const next = seededNumbers(seed + 1);
  const startBytes = process.memoryUsage().rss;
  const endsAtMs = performance.now() + (seconds * 1_000) / 2;
  let attacks = 0;

  while (performance.now() < endsAtMs) {
    await Promise.all(
      Array.from({ length: connectionsAtOnce }, () =>
        attack(socketPath, hostileChunks(next, { role: 'server', token })),
      ),
    );
    attacks += connectionsAtOnce;
    assert.equal(await proper.call('double', { value: attacks }), attacks * 2);
  }

  assert.deepEqual(faults, [], `seed ${seed}`);
  assert.ok(attacks >= connectionsAtOnce);
  const grown = process.memoryUsage().rss - startBytes;
  assert.ok(grown <= grownBytesMax, `${Math.round(grown / 1_048_576)} MiB more, seed ${seed}`);
});

/** Writes everything, then waits for the other side to end it, or ends it when nothing is refused. */
async function attack(socketPath: string, chunks: readonly Buffer[]): Promise<void> {
  const socket = openSocket(socketPath);
  // A refusal may reset what is still being written.
  socket.on('error', () => socket.destroy());
  socket.resume();
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  for (const chunk of chunks) if (!socket.destroyed) socket.write(chunk);
  socket.end();
  await closed;
}
