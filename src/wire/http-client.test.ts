import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { FixConfiguration } from '#domain/errors.ts';

import { createHttpClient, type HttpClientOptions, type HttpResult } from './http-client.ts';

const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close();
});

/** A server that hands each connection to `act`, and a record of the bytes it received. */
async function rawServer(act: (socket: Socket, received: string) => void): Promise<{ url: URL; received: string[] }> {
  const received: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      received.push(bytes.toString('utf8'));
      act(socket, bytes.toString('utf8'));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${port}/orders?day=1`), received };
}

async function send(url: URL, options: Partial<HttpClientOptions> = {}): Promise<HttpResult> {
  const client = createHttpClient({ allowedOrigins: [url.origin], totalTimeoutMs: 300, ...options });
  try {
    return await client.send({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json' },
      body: '{"a":"1"}',
    });
  } finally {
    await client.close();
  }
}

const ok = (body: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

test('send() returns status, lower-case headers and the text of an answer', async () => {
  const { url, received } = await rawServer((socket) =>
    socket.end('HTTP/1.1 500 Bad\r\nTR_Cont: M\r\nContent-Length: 6\r\n\r\n한국'),
  );

  const result = await send(url);

  assert.deepEqual(result, {
    kind: 'answer',
    status: 500,
    headers: { tr_cont: 'M', 'content-length': '6' },
    body: '한국',
  });
  assert.match(received.join(''), /^POST \/orders\?day=1 HTTP\/1\.1\r\n/);
  assert.match(received.join(''), /\r\n\r\n\{"a":"1"\}$/);
});

test('send() proves that nothing was sent when the connection is refused', async () => {
  const { url } = await rawServer(() => {});
  const server = servers.pop();
  await new Promise((resolve) => server?.close(resolve));

  assert.deepEqual(await send(url), { kind: 'not-sent', cause: 'ECONNREFUSED' });
});

test('send() proves that nothing was sent when the name does not resolve', async () => {
  // A label of more than 63 letters: the resolver of this machine refuses it without asking anybody.
  const nowhere = new URL(`http://${'x'.repeat(64)}.invalid:9`);

  const result = await send(nowhere, { connectTimeoutMs: 2_000, totalTimeoutMs: 4_000 });

  assert.equal(result.kind, 'not-sent');
});

test('send() proves that nothing was sent when TLS fails', async () => {
  const { url } = await rawServer((socket) => socket.end('this is no TLS'));
  const tls = new URL(url.href.replace('http:', 'https:'));

  assert.equal((await send(tls)).kind, 'not-sent');
});

test('send() calls an answer that never comes lost, and destroys the socket', async () => {
  let closed: () => void = () => {};
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  const { url } = await rawServer((socket) => void socket.once('close', () => closed()));

  const result = await send(url, { totalTimeoutMs: 80 });

  assert.deepEqual(result, { kind: 'lost', cause: 'timeout' });
  await isClosed;
});

test('send() calls a reset after the request lost', async () => {
  const { url } = await rawServer((socket) => socket.resetAndDestroy());

  const result = await send(url);

  assert.equal(result.kind, 'lost');
});

test('send() calls a body that ends early lost', async () => {
  const { url } = await rawServer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"rt_cd":"0"'));

  assert.equal((await send(url)).kind, 'lost');
});

test('send() calls a body that hangs half way lost', async () => {
  const { url } = await rawServer((socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{'));

  assert.deepEqual(await send(url, { totalTimeoutMs: 80 }), { kind: 'lost', cause: 'timeout' });
});

test('send() gives up a body over the limit without reading it to the end', async () => {
  let closed: () => void = () => {};
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  const { url } = await rawServer((socket) => {
    socket.once('close', () => closed());
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${10 * 1024 * 1024}\r\n\r\n`);
    socket.write(Buffer.alloc(10 * 1024 * 1024, 32));
  });

  assert.deepEqual(await send(url, { bodyBytesMax: 64 * 1024, totalTimeoutMs: 2_000 }), {
    kind: 'lost',
    cause: 'answer-too-large',
  });
  await isClosed;
});

test('send() calls a text that is not UTF-8 lost', async () => {
  const { url } = await rawServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n');
    socket.end(Buffer.from([0xff, 0xfe, 0x7b, 0x00]));
  });

  assert.deepEqual(await send(url), { kind: 'lost', cause: 'answer-not-utf-8' });
});

test('send() believes no answer that declares another character set', async () => {
  const { url } = await rawServer((socket) =>
    socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=EUC-KR\r\nContent-Length: 2\r\n\r\n{}'),
  );

  assert.deepEqual(await send(url), { kind: 'lost', cause: 'answer-not-utf-8' });
});

test('send() asks for nothing packed, and never unpacks a bomb', async () => {
  const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
  const { url, received } = await rawServer((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`);
    socket.end(bomb);
  });
  const before = process.memoryUsage().rss;

  assert.deepEqual(await send(url, { totalTimeoutMs: 2_000 }), { kind: 'lost', cause: 'answer-packed' });

  assert.match(received.join(''), /accept-encoding: identity/i);
  assert.ok(process.memoryUsage().rss - before < 40 * 1024 * 1024);
});

for (const [name, bytes] of [
  ['a flood of headers', `HTTP/1.1 200 OK\r\n${'X-Flood: 0123456789abcdef\r\n'.repeat(20_000)}\r\n`],
  ['a header without an end', `HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(1_000_000)}`],
  ['a NUL in a header', 'HTTP/1.1 200 OK\r\nX-Zero: a\0b\r\nContent-Length: 2\r\n\r\n{}'],
] as const) {
  test(`send() calls ${name} lost, and closes the socket`, async () => {
    let closed: () => void = () => {};
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    const { url } = await rawServer((socket) => {
      socket.once('close', () => closed());
      socket.write(bytes);
    });

    assert.equal((await send(url, { totalTimeoutMs: 2_000 })).kind, 'lost');
    await isClosed;
  });
}

test('send() gives a request less time than the client when it says so', async () => {
  const { url } = await rawServer(() => {});
  const client = createHttpClient({ allowedOrigins: [url.origin], totalTimeoutMs: 5_000 });
  const startedMs = performance.now();

  const result = await client.send({ method: 'GET', url, headers: {}, timeoutMs: 59.5 });
  await client.close();

  assert.deepEqual(result, { kind: 'lost', cause: 'timeout' });
  assert.ok(performance.now() - startedMs < 2_000);
});

test('send() sends nothing once the client is closed', async () => {
  const { url, received } = await rawServer((socket) => socket.end(ok('{}')));
  const client = createHttpClient({ allowedOrigins: [url.origin] });
  await client.close();

  assert.deepEqual(await client.send({ method: 'GET', url, headers: {} }), { kind: 'not-sent', cause: 'closed' });
  assert.equal(received.length, 0);
});

test('send() follows no redirect', async () => {
  const { url, received } = await rawServer((socket) =>
    socket.end('HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/elsewhere\r\nContent-Length: 0\r\n\r\n'),
  );

  const result = await send(url);

  assert.equal(result.kind === 'answer' && result.status, 302);
  assert.equal(received.length, 1);
});

test('send() throws for an origin that is not allowed, before anything is opened', async () => {
  const { url, received } = await rawServer((socket) => socket.end(ok('{}')));
  const client = createHttpClient({ allowedOrigins: ['https://openapi.example.com:9443'] });

  await assert.rejects(client.send({ method: 'GET', url, headers: {} }), FixConfiguration);

  assert.equal(received.length, 0);
});

test('send() sends a request once when the server closed the kept-alive connection under it', async () => {
  let requests = 0;
  const { url, received } = await rawServer((socket) => {
    requests += 1;
    // The first answer leaves the connection open; the second request is read and its connection reset.
    if (requests === 1) socket.write(ok('{}'));
    else socket.resetAndDestroy();
  });
  const client = createHttpClient({ allowedOrigins: [url.origin], totalTimeoutMs: 500 });
  const request = { method: 'POST', url, headers: {}, body: '{}' } as const;

  const first = await client.send(request);
  const second = await client.send(request);
  await client.close();

  assert.equal(first.kind, 'answer');
  assert.equal(second.kind, 'lost');
  assert.equal(received.length, 2);
});

test('send() never writes one of many concurrent requests twice while connections die under them', async () => {
  const seen = new Map<string, number>();
  const server = createHttpServer((request, response) => {
    const id = request.headers['x-id'] as string;
    seen.set(id, (seen.get(id) ?? 0) + 1);
    if (Number(id) % 3 === 0) request.socket.resetAndDestroy();
    else response.end('{}');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const client = createHttpClient({ allowedOrigins: [url.origin], totalTimeoutMs: 2_000 });

  const results = await Promise.all(
    Array.from({ length: 120 }, (_, id) =>
      client.send({ method: 'POST', url, headers: { 'x-id': String(id) }, body: '{}' }),
    ),
  );
  await client.close();

  assert.equal([...seen.values()].filter((count) => count !== 1).length, 0);
  assert.equal(results.filter((result) => result.kind === 'answer').length, 80);
  assert.equal(results.filter((result) => result.kind === 'lost').length, 40);
});
