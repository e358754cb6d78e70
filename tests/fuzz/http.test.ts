import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { startServerUnderTest, type ServerUnderTest } from '../browser/server-process.ts';
import { seededNumbers } from '../support/hostile-frames.ts';
import { mutant } from './mutant.ts';

/** By hand: `FUZZ_SECONDS=600 FUZZ_SEED=7 npm test -- tests/fuzz/http.test.ts`. */
const seconds = Number(process.env['FUZZ_SECONDS'] ?? 1);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
const connectionsAtOnce = 16;

test('T19 the web server outlives hostile requests of a signed-in browser, and never answers that it failed', async (context) => {
  const server = await startServerUnderTest();
  context.after(() => server.close());
  const cookie = await signIn(server);
  const requests = goodRequests(new URL(server.origin).host, server.origin, cookie);
  const draw = seededNumbers(seed);
  const endsAtMs = performance.now() + seconds * 1_000;
  const answers = new Map<string, number>();

  while (performance.now() < endsAtMs) {
    const attacks = Array.from({ length: connectionsAtOnce }, () => mutant(requests, words, draw));
    const statuses = await Promise.all(attacks.map((bytes) => statusOf(server, bytes)));
    for (const [index, status] of statuses.entries()) {
      answers.set(status, (answers.get(status) ?? 0) + 1);
      assert.notEqual(status, '500', `seed ${seed}: ${attacks[index]?.toString('base64')}`);
    }
    const proper = await fetch(`${server.origin}/api/status`, { headers: { cookie } });
    assert.equal(proper.status, 200, `seed ${seed}`);
    await proper.body?.cancel();
  }

  // The routes were reached, and the parsers.
  for (const status of ['200', '400']) assert.ok(answers.has(status), [...answers].join(' '));
});

async function signIn({ origin, url }: ServerUnderTest): Promise<string> {
  const post = async (path: string, body: object, cookie = ''): Promise<string> => {
    const headers = { origin, 'content-type': 'application/json', cookie };
    const answer = await fetch(`${origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    assert.equal(answer.status, 200, path);
    await answer.body?.cancel();
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  };
  const half = await post('/api/login/one-time', { code: new URL(url).hash.slice(1) });
  return post('/api/passphrase', { passphrase: '호두 계단 봄비 연필 나루터 기와' }, half);
}

/** First word after the protocol of what comes back; `none` when the server hangs up without a word. */
async function statusOf({ origin }: ServerUnderTest, bytes: Buffer): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  let said = '';
  socket.on('error', () => socket.destroy());
  socket.setEncoding('latin1').on('data', (text: string) => {
    said += text.slice(0, 100);
    // A stream of events never ends by itself, and what waits for more of a body need not.
    socket.destroy();
  });
  socket.setTimeout(80, () => socket.destroy());
  socket.write(bytes);
  await once(socket, 'close');
  return /^HTTP\/1\.[01] (\d{3})/.exec(said)?.[1] ?? 'none';
}

const words = [
  '\r\n',
  '\r\n\r\n',
  'Content-Length: 99999999999\r\n',
  'Content-Length: -1\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Expect: 100-continue\r\n',
  'Host: evil.example\r\n',
  'Upgrade: websocket\r\nConnection: Upgrade\r\n',
  'Cookie: snowball_session=\r\n',
  '%00',
  '%2e%2e/',
  '/../../etc/passwd',
  '?from=99999999&to=0',
  '"__proto__":{"a":1},',
  '"quantity":1e308,',
  '[[[[[[[[',
  '\u0000',
] as const;

function goodRequests(host: string, origin: string, cookie: string): readonly Buffer[] {
  const head = `Host: ${host}\r\nOrigin: ${origin}\r\nCookie: ${cookie}\r\n`;
  const get = (path: string): Buffer => Buffer.from(`GET ${path} HTTP/1.1\r\n${head}\r\n`);
  const post = (path: string, body: object): Buffer => {
    const text = JSON.stringify(body);
    const more = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`;
    return Buffer.from(`POST ${path} HTTP/1.1\r\n${head}${more}\r\n${text}`);
  };
  const order = { requestId: 'request-0001', symbol: '005930', side: 'buy', quantity: 14, price: 73_200 };
  return [
    ...['/', '/api/session', '/api/status', '/api/orders', '/api/orders.csv?date=20261120', '/api/portfolio'].map(get),
    ...[
      '/api/events',
      '/api/instruments?query=%EC%82%BC',
      '/api/instruments/005930/bars?count=60',
      '/api/orders/o-1',
    ].map(get),
    post('/api/orders', order),
    post('/api/orders/preview', order),
    post('/api/orders/o-1/cancel', {}),
    post('/api/halt', { reason: '시험' }),
  ];
}
