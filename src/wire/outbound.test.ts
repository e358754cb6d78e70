import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';

import { createHttpClient } from './http-client.ts';
import type { Resolve } from './checked-lookup.ts';
import { ReconnectingSocket } from './reconnecting-socket.ts';

/** A server that counts who comes to it. */
let server: Server;
let port = 0;
let visits = 0;

before(async () => {
  server = createServer((_request, response) => response.end('{}'));
  server.on('connection', () => (visits += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

/** A name server that an attacker answers for: the name of the broker means this machine. */
const rebound: Resolve = (_hostname, _options, callback) =>
  callback(null, [
    { address: '::ffff:127.0.0.1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ]);

test('INV-14 a request to an allowed name that was made to mean this machine is not sent', async () => {
  const origin = `http://openapi.example.com:${port}`;
  const http = createHttpClient({ allowedOrigins: [origin], resolve: rebound });
  const before = visits;

  const result = await http.send({ method: 'POST', url: new URL('/order', origin), headers: {}, body: '{}' });
  await http.close();

  assert.deepEqual(result, { kind: 'not-sent', cause: 'wire.address-not-allowed' });
  assert.equal(visits, before);
});

test('INV-14 a websocket to an allowed name that was made to mean this machine is not opened', async () => {
  const url = `ws://ops.example.com:${port}`;
  const before = visits;
  let socket: ReconnectingSocket | null = null;

  const detail = await new Promise((resolve) => {
    socket = new ReconnectingSocket({
      url,
      allowedOrigins: [url],
      prepare: async () => undefined,
      onOpen: () => resolve('open'),
      onDown: resolve,
      random: () => 0,
      resolve: rebound,
    });
  });
  await (socket as ReconnectingSocket | null)?.close();

  assert.match(String(detail), /wire\.address-not-allowed/);
  assert.equal(visits, before);
});

test('INV-14 neither requests nor websockets go to a proxy that the environment names', async () => {
  const target = createServer((_request, response) => response.end('{}'));
  target.listen(0, '127.0.0.1');
  await once(target, 'listening');
  const to = `127.0.0.1:${(target.address() as AddressInfo).port}`;
  const before = visits;
  const proxy = `http://127.0.0.1:${port}`;
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];
  const env = {
    ...process.env,
    NODE_USE_ENV_PROXY: '1',
    NO_PROXY: '',
    ...Object.fromEntries(names.map((name) => [name, proxy])),
  };

  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '-e', asker(to)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env,
      cwd: import.meta.dirname,
    },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child, 'close');
  target.closeAllConnections();
  target.close();

  assert.equal(said, 'answer failed');
  assert.equal(visits, before);
});

/** A program that asks once each way; the server is none for websockets, which is the answer then. */
function asker(to: string): string {
  const here = JSON.stringify(import.meta.dirname);
  return `
    const { createHttpClient } = await import(${here} + '/http-client.ts');
    const { ReconnectingSocket } = await import(${here} + '/reconnecting-socket.ts');
    const http = createHttpClient({ allowedOrigins: ['http://${to}'] });
    const { kind } = await http.send({ method: 'GET', url: new URL('http://${to}/'), headers: {} });
    await http.close();
    const down = await new Promise((resolve) => {
      const socket = new ReconnectingSocket({
        url: 'ws://${to}', allowedOrigins: ['ws://${to}'], random: () => 0, prepare: async () => {},
        onOpen: () => resolve('open'), onDown: (detail) => { resolve('failed'); void socket.close(); },
      });
    });
    process.stdout.write(kind + ' ' + down);
  `;
}
