import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { Secret } from '#domain/secret.ts';
import { alertReceiver, type AlertReceiver } from '../../../tests/support/alert-receiver.ts';
import type { Alert, Channel } from './alert.ts';
import { webhookChannel, type WebhookChannelOptions } from './webhook-channel.ts';

const alert: Alert = { id: 'w-1a2b', code: 'gateway-lost', at: '2026-11-20T01:00:00Z', line: null };
const text = '[긴급] 스노우볼: 게이트웨이가 답하지 않아요.';
let receiver: AlertReceiver;
let open: Channel[] = [];

before(async () => (receiver = await alertReceiver()));
afterEach(async () => {
  await Promise.all(open.map((channel) => channel.close()));
  open = [];
  receiver.answer((response) => void response.end());
});
after(() => receiver.close());

function aChannel(options: Partial<WebhookChannelOptions> = {}, host = receiver.host): Channel {
  const url = new Secret(`http://${host}/bot1:canary/sendMessage`);
  const address = { origin: `http://${host}`, url, token: new Secret('canary-token'), chat: new Secret('4711') };
  const channel = webhookChannel({ name: 'phone', kind: 'json', from: 'notice', address, ...options });
  open.push(channel);
  return channel;
}

test('INV-32 send() tells each service in its own shape, with the token in the header alone', async () => {
  const bodies: Record<string, unknown> = {};
  for (const kind of ['telegram', 'discord', 'slack', 'json', 'ntfy'] as const) {
    assert.deepEqual(await aChannel({ kind }).send(alert, text), { kind: 'delivered', detail: 'HTTP 200' });
    const { body = '', headers, path } = receiver.received.at(-1) ?? {};
    assert.equal(headers?.authorization, 'Bearer canary-token');
    assert.equal(path, '/bot1:canary/sendMessage');
    bodies[kind] = kind === 'ntfy' ? body : JSON.parse(body);
    if (kind === 'ntfy') assert.equal(headers?.['priority'], '5');
  }

  assert.deepEqual(bodies, {
    telegram: { chat_id: '4711', text },
    discord: { content: text, allowed_mentions: { parse: [] } },
    slack: { text },
    ntfy: text,
    json: { id: 'w-1a2b', class: 'critical', code: 'gateway-lost', at: alert.at, line: null, text },
  });
});

test('send() says which failures are worth another try, and how long the other side asked to wait', async () => {
  const cases = [
    [500, {}, { kind: 'again', detail: 'HTTP 500', afterMs: 0 }],
    [429, { 'retry-after': '7' }, { kind: 'again', detail: 'HTTP 429', afterMs: 7_000 }],
    [429, { 'retry-after': '86400' }, { kind: 'again', detail: 'HTTP 429', afterMs: 60_000 }],
    [503, { 'retry-after': 'soon' }, { kind: 'again', detail: 'HTTP 503', afterMs: 0 }],
    [401, {}, { kind: 'refused', detail: 'HTTP 401' }],
    [404, {}, { kind: 'refused', detail: 'HTTP 404' }],
  ] as const;
  for (const [status, headers, wanted] of cases) {
    receiver.answer((response) => void response.writeHead(status, headers).end('canary-token in an answer'));
    assert.deepEqual(await aChannel().send(alert, text), wanted);
  }
});

test('§9 send() follows no redirect, to another host or to its own', async () => {
  const other = await alertReceiver();
  for (const location of [`http://${other.host}/taken`, '/elsewhere']) {
    const before = receiver.received.length;
    receiver.answer((response) => void response.writeHead(307, { location }).end());
    assert.deepEqual(await aChannel().send(alert, text), { kind: 'refused', detail: 'HTTP 307' });
    assert.equal(receiver.received.length, before + 1);
  }
  assert.equal(other.received.length, 0);
  await other.close();
});

test('§9 send() reaches no name that was made to mean this machine', async () => {
  const port = receiver.host.split(':')[1];
  const before = receiver.received.length;
  const resolve: WebhookChannelOptions['resolve'] = (_name, _options, callback) =>
    callback(null, [{ address: '127.0.0.1', family: 4 }]);

  const attempt = await aChannel({ resolve }, `hooks.example.com:${port}`).send(alert, text);

  assert.deepEqual(attempt, { kind: 'again', detail: 'wire.address-not-allowed', afterMs: 0 });
  assert.equal(receiver.received.length, before);
});

test('INV-32 send() survives a receiver that resets, hangs up, refuses or never answers', async () => {
  receiver.answer((response) => void response.socket?.resetAndDestroy());
  assert.equal((await aChannel().send(alert, text)).kind, 'again');
  receiver.answer((response) => void response.socket?.destroy());
  assert.equal((await aChannel().send(alert, text)).kind, 'again');
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as AddressInfo;
  gone.close();
  await once(gone, 'close');
  assert.deepEqual(await aChannel({}, `127.0.0.1:${port}`).send(alert, text), {
    kind: 'again',
    detail: 'ECONNREFUSED',
    afterMs: 0,
  });
});

test('INV-32 send() gives a receiver up that does not answer in time', async () => {
  receiver.answer(() => undefined);

  const attempt = await aChannel({ totalTimeoutMs: 200 }).send(alert, text);

  assert.deepEqual(attempt, { kind: 'again', detail: 'timeout', afterMs: 0 });
});
