import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, test } from 'node:test';

import { WebSocketServer, type WebSocket } from 'ws';

import { FixConfiguration } from '#domain/errors.ts';

import { ReconnectingSocket, type ReconnectingSocketOptions } from './reconnecting-socket.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function anEchoServer(onConnection: (socket: WebSocket) => void = () => {}) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    onConnection(socket);
  });
  cleanups.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  return { server, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function open(url: string, options: Partial<ReconnectingSocketOptions> = {}): ReconnectingSocket {
  const socket = new ReconnectingSocket({
    url,
    allowedOrigins: [url],
    prepare: () => Promise.resolve(),
    onOpen: () => {},
    onMessage: () => {},
    onDown: () => {},
    random: () => 0.5,
    backoffBaseMs: 10,
    ...options,
  });
  cleanups.push(() => socket.close());
  return socket;
}

test('ReconnectingSocket prepares before every connection and comes back after a drop', async () => {
  const events: string[] = [];
  const { url } = await anEchoServer((socket) => {
    if (events.filter((event) => event === 'prepared').length === 1) socket.terminate();
    else socket.send('hello');
  });

  await new Promise<void>((resolve) => {
    open(url, {
      prepare: async () => void events.push('prepared'),
      onOpen: () => void events.push('open'),
      onDown: () => void events.push('down'),
      onMessage: (text) => {
        events.push(text);
        resolve();
      },
    });
  });

  assert.deepEqual(
    events.filter((event) => event !== 'open'),
    ['prepared', 'down', 'prepared', 'hello'],
  );
});

test('ReconnectingSocket tries again when the preparation fails', async () => {
  const { url } = await anEchoServer();
  let tries = 0;

  await new Promise<void>((resolve) => {
    open(url, {
      prepare: () => {
        tries += 1;
        return tries < 3 ? Promise.reject(new Error('no key yet')) : Promise.resolve();
      },
      onOpen: resolve,
    });
  });

  assert.equal(tries, 3);
});

test('ReconnectingSocket gives up a connection on which nothing arrives', async () => {
  const { url } = await anEchoServer();

  const detail = await new Promise<string>((resolve) => {
    open(url, { silenceMs: 40, onDown: resolve });
  });

  assert.equal(detail, 'silent');
});

test('ReconnectingSocket gives up a connection that sends bytes instead of text, or too much', async () => {
  for (const message of [Buffer.from([1, 2, 3]), 'x'.repeat(2_000)]) {
    const { url } = await anEchoServer((socket) => socket.send(message));

    const detail = await new Promise<string>((resolve) => {
      open(url, { messageBytesMax: 1_000, onDown: resolve });
    });

    assert.match(detail, /binary message|WS_ERR_UNSUPPORTED_MESSAGE_LENGTH/);
  }
});

test('send() refuses while there is no connection', async () => {
  const { url } = await anEchoServer();

  assert.equal(open(url).send('early'), false);
});

test('close() ends for good: no callback runs afterwards', async () => {
  const { server, url } = await anEchoServer();
  const downs: string[] = [];
  const socket = await new Promise<ReconnectingSocket>((resolve) => {
    const opening: ReconnectingSocket = open(url, {
      onOpen: () => resolve(opening),
      onDown: (detail) => void downs.push(detail),
    });
  });

  await socket.close();

  assert.deepEqual(downs, []);
  assert.equal(server.clients.size, 0);
});

test('ReconnectingSocket refuses a host that is not allowed', () => {
  assert.throws(() => open('ws://127.0.0.1:1', { allowedOrigins: ['ws://ops.example.com:21000'] }), FixConfiguration);
});
