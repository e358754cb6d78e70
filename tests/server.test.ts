import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { stat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { startServerUnderTest, type ServerUnderTest } from './browser/server-process.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Asked {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

const passphrase = '호두 계단 봄비 연필 나루터 기와';

describe('the web server', () => {
  let server: ServerUnderTest;
  let port: string;
  let cookie = '';

  before(async () => {
    server = await startServerUnderTest();
    port = new URL(server.origin).port;
  });
  after(() => server.close());

  const ask = (path: string, asked: Asked = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request({
        host: '127.0.0.1',
        port,
        path,
        agent: false,
        method: asked.method ?? 'GET',
        headers: asked.headers,
      });
      sent.on('error', reject);
      sent.on('response', (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      });
      sent.end(asked.body);
    });

  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    ask(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { origin: server.origin, 'content-type': 'application/json', cookie, ...headers },
    });

  const codeOf = ({ body }: Answer): unknown => (JSON.parse(body) as { code: unknown }).code;
  const cookieOf = ({ headers }: Answer): string => headers['set-cookie']?.[0] ?? '';

  it('tells nothing to those without a session', async () => {
    for (const path of ['/api/status', '/api/orders', '/api/orders.csv', '/api/events', '/api/portfolio']) {
      assert.equal((await ask(path)).status, 401, path);
    }
    for (const path of ['/api/orders', '/api/halt', '/api/resume', '/api/orders/x/cancel', '/api/passphrase']) {
      assert.ok([401, 403].includes((await post(path, { passphrase })).status), path);
    }
  });

  it('refuses other hosts, other origins, other sites and bodies that are not JSON', async () => {
    const origin = server.origin;
    const json = { 'content-type': 'application/json' };
    const path = '/api/login/passphrase';
    const body = '{"passphrase":"x"}';

    assert.equal((await ask('/', { headers: { host: `evil.example:${port}` } })).status, 421);
    assert.equal(
      (await ask(path, { method: 'POST', body, headers: { ...json, origin: 'http://127.0.0.1:1' } })).status,
      403,
    );
    assert.equal((await ask(path, { method: 'POST', body, headers: json })).status, 403);
    const sameSite = { ...json, origin, 'sec-fetch-site': 'same-site' };
    assert.equal((await ask(path, { method: 'POST', body, headers: sameSite })).status, 403);
    assert.equal(
      (await ask(path, { method: 'POST', body, headers: { 'content-type': 'text/plain', origin } })).status,
      403,
    );
    assert.equal((await ask('/api/session', { headers: { 'sec-fetch-site': 'cross-site' } })).status, 403);
  });

  it('sends every answer with a strict policy, never sniffed, data never stored', async () => {
    const page = await ask('/');
    const data = await ask('/api/session');

    for (const { headers } of [page, data]) {
      const policy = String(headers['content-security-policy']);
      assert.match(policy, /default-src 'none'.*frame-ancestors 'none'.*require-trusted-types-for 'script'/);
      assert.ok(!policy.includes('unsafe'));
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['access-control-allow-origin'], undefined);
    }
    assert.equal(data.headers['cache-control'], 'no-store');
  });

  it('lets the one-time code in once, then asks for a strong passphrase, with a new id at each step', async () => {
    const code = new URL(server.url).hash.slice(1);
    const first = await post('/api/login/one-time', { code });
    assert.deepEqual(JSON.parse(first.body), { state: 'passphrase-unset' });
    assert.match(cookieOf(first), /^snowball_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    cookie = cookieOf(first).split(';')[0] ?? '';
    const half = cookie;
    assert.equal((await ask('/api/status', { headers: { cookie } })).status, 401);
    assert.equal(codeOf(await post('/api/passphrase', { passphrase: '비밀번호' })), 'login.passphrase-weak');

    const set = await post('/api/passphrase', { passphrase });
    cookie = cookieOf(set).split(';')[0] ?? '';

    assert.equal(set.status, 200);
    assert.notEqual(cookie, half);
    assert.equal((await ask('/api/status', { headers: { cookie: half } })).status, 401);
    assert.equal((await ask('/api/status', { headers: { cookie } })).status, 200);
    assert.equal(codeOf(await post('/api/login/one-time', { code })), 'login.one-time');
    assert.equal((await post('/api/passphrase', { passphrase })).status, 403);
    const file = join(server.home, 'server', 'passphrase.json');
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.ok(!(await readFile(file, 'utf8')).includes('호두'));
  });

  it('refuses a body over 256 KiB and an unknown field', async () => {
    // Announced, not sent: the answer must come before the body is read.
    const large = await ask('/api/halt', {
      method: 'POST',
      headers: { origin: server.origin, 'content-type': 'application/json', 'content-length': '300000', cookie },
    });
    const odd = await post('/api/halt', { reason: 'x', force: true });

    assert.equal(large.status, 413);
    assert.equal(codeOf(odd), 'request.body');
  });

  it('passes an order on with our own fields only, and answers what the guard said', async () => {
    const ticket = { requestId: 'request-0001', symbol: '005930', side: 'buy', quantity: 14, price: 73_200 };

    const answer = await post('/api/orders', ticket);

    assert.equal((JSON.parse(answer.body) as { state: string }).state, 'denied');
    assert.deepEqual(server.standIn.calls.findLast(({ method }) => method === 'submit')?.params, {
      ...ticket,
      type: 'limit',
      strategy: null,
      reason: '',
    });
    assert.equal((await post('/api/orders', { ...ticket, strategy: 'tutorial' })).status, 400);
  });

  it('INV-13 goes one step of a resume with a session, and the second with the page´s passphrase besides', async () => {
    const wrong = '틀린 암호 여섯 단어 입니다 아니요';
    const calls = (): number => server.standIn.calls.filter(({ method }) => method === 'resume').length;

    const prepared = JSON.parse((await post('/api/resume/prepare', {})).body) as { code: string; second: string };
    const without = await post('/api/resume', { code: prepared.code });
    const refused = await post('/api/resume', { code: prepared.code, passphrase: wrong });
    const before = calls();
    const resumed = await post('/api/resume', { code: prepared.code, passphrase });

    assert.deepEqual([prepared.second, codeOf(without), codeOf(refused)], ['page', 'request.body', 'login.passphrase']);
    assert.deepEqual([before, resumed.status, calls()], [0, 200, 1]);
    assert.deepEqual(server.standIn.calls.findLast(({ method }) => method === 'resume')?.params, {
      code: prepared.code,
    });
  });

  it('T20 passes on what a person says of orders and stocks, and nothing of another shape', async () => {
    const said: readonly (readonly [string, object, string, object])[] = [
      [
        '/api/orders/x/settle',
        { brokerOrderId: '0000117300' },
        'settleOrder',
        { orderId: 'x', brokerOrderId: '0000117300' },
      ],
      ['/api/orders/x/settle', { brokerOrderId: null }, 'settleOrder', { orderId: 'x', brokerOrderId: null }],
      ['/api/orders/x/confirm', {}, 'confirmOrder', { orderId: 'x' }],
      ['/api/universe/list', { symbol: '005930' }, 'listSymbol', { symbol: '005930' }],
      ['/api/universe/unlist', { symbol: '005930' }, 'unlistSymbol', { symbol: '005930' }],
      [
        '/api/orders/declare',
        { requestId: 'request-0002', symbol: '005930', side: 'buy', quantity: 3, brokerOrderId: null },
        'declareManual',
        { symbol: '005930', side: 'buy', quantity: 3, brokerOrderId: null },
      ],
    ];
    for (const [path, body, method, params] of said) {
      await post(path, body);
      const last = server.standIn.calls.at(-1);
      assert.deepEqual([last?.method, last?.params], [method, params]);
      assert.equal(codeOf(await post(path, { ...body, more: 1 })), 'request.body', path);
    }
    assert.equal(codeOf(await post('/api/orders/x/settle', { brokerOrderId: 'no number' })), 'request.body');
    assert.equal(codeOf(await post('/api/orders/x/settle', {})), 'request.body');
  });

  it('gives today’s orders as CSV that a spreadsheet reads', async () => {
    const { body, headers } = await ask('/api/orders.csv', { headers: { cookie } });

    assert.match(String(headers['content-disposition']), /^attachment/);
    assert.ok(body.startsWith('\uFEFF'));
    assert.equal(body.trim().split('\r\n').length, server.standIn.orders.length + 1);
  });

  it('pushes what changes, as events, to an open session', async () => {
    const sent = request({ host: '127.0.0.1', port, path: '/api/events', headers: { cookie } }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const seen: string[] = [];
    response.setEncoding('utf8');
    for await (const chunk of response) {
      seen.push(String(chunk));
      if (seen.join('').includes('event: status')) break;
    }
    sent.destroy();

    assert.equal(response.headers['content-type'], 'text/event-stream');
    assert.match(seen.join(''), /event: links\ndata: \{"gateway":"up","runner":"up"\}/);
  });

  it('locks after five wrong tries, the used link among them, and says how long', async () => {
    const used = new URL(server.url).hash.slice(1);
    assert.equal(codeOf(await post('/api/login/one-time', { code: used })), 'login.one-time');
    const tries: Answer[] = [];
    for (let index = 0; index < 6; index += 1) {
      tries.push(await post('/api/login/passphrase', { passphrase: `틀린 암호 ${index}` }, { cookie: '' }));
    }

    assert.deepEqual(
      tries.map(({ status }) => status),
      [401, 401, 401, 401, 429, 429],
    );
    assert.equal((await post('/api/login/passphrase', { passphrase }, { cookie: '' })).status, 429);
    assert.ok(server.standIn.calls.some(({ params }) => (params as { outcome?: string }).outcome === 'locked'));
  });

  it('logs out for good', async () => {
    await post('/api/logout', {});

    assert.equal((await ask('/api/status', { headers: { cookie } })).status, 401);
  });

  it('ends with one clear sentence when the port is taken', async () => {
    const entry = fileURLToPath(new URL('../src/server/main.ts', import.meta.url));
    const child = spawn(process.execPath, [entry], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (words += chunk));
    const boot = {
      home: server.home,
      environment: 'trial',
      runFolder: join(server.home, 'run'),
      build: 'test',
      token: 'f'.repeat(64),
      tokenHashes: {},
      testbed: null,
      options: { port: Number(port) },
    };
    // Taken by the same kind of server: its sockets refuse this token before the port is tried, so it has its own.
    (child.stdio[3] as Duplex).write(`${JSON.stringify({ ...boot, runFolder: join(server.home, 'none') })}\n`);

    const [code] = (await once(child, 'exit')) as [number];

    assert.notEqual(code, 0);
    assert.match(words.trim(), /^Cannot open the pages on port \d+: another program uses it[^\n]*$/);
  });
});
