import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { connect as openSocket, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { z } from 'zod';
import { RetryLater, SnowballError } from '#domain/errors.ts';
import type { Api } from './api.ts';
import { connect } from './client.ts';
import { encodeMessage, framePayloadMax, FrameReader } from './frame.ts';
import { listen, type Caller, type Handlers, type Listener } from './listener.ts';
import { hashToken, newToken } from './token.ts';

const api = {
  methods: {
    double: { params: z.strictObject({ value: z.int() }), result: z.int(), roles: ['server', 'cli'] },
    lie: { params: z.strictObject({}), result: z.int(), roles: ['server'] },
    fail: { params: z.strictObject({}), result: z.int(), roles: ['server'] },
    hang: { params: z.strictObject({}), result: z.int(), roles: ['server'] },
    subscribe: {
      params: z.strictObject({ topics: z.array(z.string()) }),
      result: z.strictObject({}),
      roles: ['server'],
    },
  },
  events: { price: z.int(), text: z.string() },
} as const satisfies Api;

const tokens = { server: newToken(), cli: newToken() };
const tokenHashes = { server: hashToken(tokens.server), cli: hashToken(tokens.cli) };
const subscribed: Caller[] = [];
const handlers: Handlers<typeof api> = {
  double: async ({ value }) => value * 2,
  lie: async () => 'text' as unknown as number,
  fail: async () => {
    throw new RetryLater('test.later', 'Cannot do it: not now');
  },
  hang: () => new Promise(() => undefined),
  subscribe: async (_params, caller) => {
    subscribed.push(caller);
    return {};
  },
};

describe('link', () => {
  let folder = '';
  let socketPath = '';
  let listener: Listener<typeof api>;
  const faults: unknown[] = [];
  const start = (): Promise<Listener<typeof api>> =>
    listen({ socketPath, api, tokenHashes, handlers, onFault: (error) => faults.push(error) });
  const asServer = { api, role: 'server', token: tokens.server } as const;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'link-'));
    socketPath = join(folder, 'run', 'a.sock');
    listener = await start();
  });
  after(async () => {
    await listener.close();
    await rm(folder, { recursive: true });
  });

  test('listen() makes the socket 0600 in a folder 0700', async () => {
    assert.equal((await stat(socketPath)).mode & 0o777, 0o600);
    assert.equal((await stat(join(folder, 'run'))).mode & 0o777, 0o700);
  });

  test('call() answers', async () => {
    const client = await connect({ ...asServer, socketPath });

    assert.equal(await client.call('double', { value: 21 }), 42);
    await client.close();
  });

  test('call() carries an error of ours with code and class', async () => {
    const client = await connect({ ...asServer, socketPath });

    await assert.rejects(
      client.call('fail', {}),
      (error) => error instanceof RetryLater && error.code === 'test.later',
    );
    await client.close();
  });

  test('call() is refused to a role that the method does not name', async () => {
    const client = await connect({ api, role: 'cli', token: tokens.cli, socketPath });

    await assert.rejects(client.call('fail', {}), { code: 'link.forbidden' });
    await client.close();
  });

  test('call() with an unknown field or a wrong value is answered with link.params', async () => {
    const client = await connect({ ...asServer, socketPath });

    await assert.rejects(client.call('double', { value: 1, more: 2 } as never), { code: 'link.params' });
    await assert.rejects(client.call('double', { value: 1.5 }), { code: 'link.params' });
    await client.close();
  });

  test('listen() never lets a result of the wrong shape out', async () => {
    const client = await connect({ ...asServer, socketPath });

    await assert.rejects(client.call('lie', {}), { code: 'link.internal' });
    assert.equal(faults.length, 1);
    await client.close();
  });

  test('connect() with a token of another start, or of another role, is refused', async () => {
    for (const token of [newToken(), tokens.cli]) {
      await assert.rejects(connect({ ...asServer, token, socketPath }), { code: 'link.refused' });
    }
  });

  test('listen() closes a connection that sends an oversized, malformed or unauthenticated frame', async () => {
    const oversized = Buffer.alloc(5);
    oversized.writeUInt32BE(framePayloadMax + 1);
    const notJson = Buffer.from([0, 0, 0, 1, 0, 0x7b]);
    const endless = Buffer.concat(Array.from({ length: 129 }, () => Buffer.from([0, 0, 0, 1, 1, 0x20])));
    for (const bytes of [
      oversized,
      notJson,
      endless,
      encodeMessage({ id: 1, method: 'double', params: { value: 1 } }),
    ]) {
      const socket = openSocket(socketPath);
      socket.write(bytes);
      socket.resume();
      await once(socket, 'close');
    }
  });

  test('listen() closes a connection whose envelope has an unknown field', async () => {
    const socket = openSocket(socketPath);
    socket.write(encodeMessage({ role: 'server', token: tokens.server }));
    socket.write(encodeMessage({ id: 1, method: 'double', params: { value: 1 }, more: true }));
    socket.resume();

    await once(socket, 'close');
  });

  test('listen() refuses a socket on which somebody answers, and takes over one that nobody does', async () => {
    await assert.rejects(start(), { code: 'link.address-in-use' });
    const stale = join(folder, 'run', 'stale.sock');
    await writeFile(stale, '');

    const second = await listen({ socketPath: stale, api, tokenHashes, handlers });

    await second.close();
  });

  test('listen() refuses a path that no socket can have', async () => {
    const long = join(folder, 'x'.repeat(120), 'a.sock');
    await assert.rejects(connect({ ...asServer, socketPath: long }), { code: 'link.path-too-long' });
  });

  test('a client without a listener fails, and with reconnect waits for one', async () => {
    const later = join(folder, 'run', 'later.sock');
    await assert.rejects(connect({ ...asServer, socketPath: later }), { code: 'link.down' });
    const client = await connect({ ...asServer, socketPath: later, reconnect: true });
    assert.equal(client.state, 'down');
    await assert.rejects(client.call('double', { value: 1 }), { code: 'link.down' });

    const second = await listen({ socketPath: later, api, tokenHashes, handlers });
    await reached(client, 'up');

    assert.equal(await client.call('double', { value: 1 }), 2);
    await client.close();
    await second.close();
  });

  test('a lost connection fails its calls with link.down, reconnects and subscribes again', async () => {
    const place = join(folder, 'run', 'lost.sock');
    const first = await listen({ socketPath: place, api, tokenHashes, handlers });
    const client = await connect({ ...asServer, socketPath: place, reconnect: true });
    await client.call('subscribe', { topics: ['price'] });
    const before = subscribed.length;
    const hanging = assert.rejects(client.call('hang', {}), { code: 'link.down' });

    await first.close();
    await hanging;
    const second = await listen({ socketPath: place, api, tokenHashes, handlers });
    await reached(client, 'up');

    assert.equal(subscribed.length, before + 1);
    const price = new Promise((resolve) => client.on('price', resolve));
    second.push('price', 70_000);
    assert.equal(await price, 70_000);
    await client.close();
    await second.close();
  });

  test('push() drops old coalescible events of a reader that does not read, then its connection', async () => {
    const place = join(folder, 'run', 'slow.sock');
    let gone = 0;
    const pushing = await listen({
      socketPath: place,
      api,
      tokenHashes,
      handlers,
      onDisconnect: () => (gone += 1),
      coalesce: (event) => (event === 'text' ? 'text' : null),
    });
    const socket = await greeted(place);
    const text = 'x'.repeat(100_000);
    for (let index = 0; index < 500; index += 1) pushing.push('text', `${index}${text}`);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(gone, 0, 'coalescible events never cost the connection');
    for (let index = 0; index < 400_000; index += 1) pushing.push('price', index);

    await once(socket.resume(), 'close');

    assert.equal(gone, 1);
    await pushing.close();
  });

  async function greeted(place: string): Promise<Socket> {
    const socket = openSocket(place);
    socket.write(encodeMessage({ role: 'server', token: tokens.server }));
    await once(socket, 'data');
    socket.pause();
    return socket;
  }
});

test('FrameReader gives back any message, however the bytes are cut', () => {
  const message = { text: '한글'.repeat(50_000), numbers: [1, 2, 3] };
  const bytes = encodeMessage(message);
  for (const size of [1_000, 65_541, bytes.length]) {
    const reader = new FrameReader();
    const read: unknown[] = [];
    for (let at = 0; at < bytes.length; at += size) read.push(...reader.push(bytes.subarray(at, at + size)));
    assert.deepEqual(read, [message]);
  }
});

test('encodeMessage() refuses more than 128 frames', () => {
  assert.throws(
    () => encodeMessage('x'.repeat(framePayloadMax * 129)),
    (error) => error instanceof SnowballError,
  );
});

function reached(
  client: { onState(listener: (state: 'up' | 'down') => void): () => void },
  wanted: string,
): Promise<void> {
  return new Promise((resolve) => {
    client.onState((state) => {
      if (state === wanted) resolve();
    });
  });
}
