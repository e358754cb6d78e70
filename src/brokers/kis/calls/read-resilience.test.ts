import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RetryLater } from '#domain/errors.ts';
import { approve } from '#guard/approved.ts';
import { createHttpClient } from '#wire/http-client.ts';

import { quoteEndpoints } from '../endpoints/quotes.ts';
import { FixtureClock, fixtureRequest } from '../fixtures/fixture-broker.ts';
import { accepted, balanced, play, priced, working } from '../fixtures/scripted-broker.ts';
import { answerJson, type Script } from '../fixtures/scripted-host.ts';
import { KisSignIn } from './auth.ts';
import { KisCalls } from './calls.ts';

const expired = { rt_cd: '1', msg_cd: 'EGW00123', msg1: '기간이 만료된 token 입니다.' };

for (const [name, next] of [
  ['a new token', 'token-2'],
  ['the same token once more', 'fixture.token.first'],
] as const) {
  test(`forty reads that are all refused together cause one issue, which brings ${name}`, async (context) => {
    let issued = 0;
    const refused = { waiting: [] as (() => void)[] };
    const { broker, host } = await play(context, (call, response) => {
      if (call.path === '/oauth2/tokenP') {
        issued += 1;
        answerJson(response, 200, { access_token: next, expires_in: 3_600, token_type: 'Bearer' });
      } else if (issued > 0) answerJson(response, 200, priced);
      else {
        // The first eight are refused at once, and so are all that come before the new token.
        refused.waiting.push(() => answerJson(response, 500, expired));
        if (refused.waiting.length >= 8) for (const answer of refused.waiting.splice(0)) answer();
      }
    });

    const prices = await Promise.all(Array.from({ length: 40 }, () => broker.price('KRX:005930')));

    assert.equal(prices.length, 40);
    assert.equal(host.calls.filter(({ path }) => path === '/oauth2/tokenP').length, 1);
  });
}

test('a read gives up when its caller has no more time, instead of trying again', async (context) => {
  const { options, host } = await play(context, (_call, response) => answerJson(response, 503, 'down'), {
    timeouts: { retryBaseMs: 400 },
  });
  const http = createHttpClient({ allowedOrigins: [host.rest] });
  const rest = new URL(host.rest);
  const signIn = new KisSignIn({ ...options, http, rest, tokenIssueEveryMs: 0 });
  const calls = new KisCalls(options, http, rest, signIn);
  const startedMs = performance.now();

  await assert.rejects(calls.read(quoteEndpoints.price, {}, false, 150), {
    code: 'kis.unavailable',
    message: /HTTP 503/,
  });

  assert.equal(host.calls.length, 1);
  assert.ok(performance.now() - startedMs < 390);
  calls.close();
  await http.close();
});

test('while the reads´ breaker is open, reads fail at once and orders and cancels go through', async (context) => {
  const { broker, host } = await play(context, (call, response) => {
    if (call.path.includes('/quotations/')) answerJson(response, 503, 'down');
    else answerJson(response, 200, accepted);
  });
  for (let reads = 0; reads < 2; reads += 1) await assert.rejects(broker.price('KRX:005930'), RetryLater);
  const before = host.calls.length;

  await assert.rejects(broker.price('KRX:005930'), /given a rest/);
  const placed = await broker.place(approve(fixtureRequest()));
  const cancelled = await broker.cancel(working);

  assert.deepEqual([placed.kind, cancelled.kind], ['accepted', 'accepted']);
  assert.equal(host.calls.length - before, 2);
});

test('outside market hours an unreachable host is one incident of maintenance, until it answers again', async (context) => {
  let isDown = true;
  const clock = new FixtureClock();
  clock.advance(14 * 3_600_000);
  const { broker, incidents } = await play(
    context,
    (_call, response) =>
      isDown
        ? answerJson(response, 500, { rt_cd: '1', msg_cd: 'EGW00202', msg1: 'GW라우팅 중 오류' })
        : answerJson(response, 200, priced),
    { clock },
  );

  for (let reads = 0; reads < 3; reads += 1) {
    await assert.rejects(broker.price('KRX:005930'), { code: 'kis.maintenance' });
  }
  isDown = false;
  await broker.price('KRX:005930');
  isDown = true;
  await assert.rejects(broker.price('KRX:005930'), { code: 'kis.maintenance' });

  assert.deepEqual(
    incidents.map(({ kind, trId }) => [kind, trId]),
    [
      ['maintenance', ''],
      ['maintenance', ''],
    ],
  );
});

test('close() ends reads that wait, sends nothing more, and may be called twice', async (context) => {
  const { broker, host } = await play(context, (_call, response) => answerJson(response, 503, 'down'), {
    timeouts: { retryBaseMs: 20_000 },
  });
  const reading = assert.rejects(broker.price('KRX:005930'), { code: 'kis.closed' });
  while (host.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));

  await broker.close();
  await broker.close();

  await reading;
  await assert.rejects(broker.balance(), { code: 'kis.closed' });
  assert.equal((await broker.place(approve(fixtureRequest()))).kind, 'not-sent');
  assert.equal(host.calls.length, 1);
});

test('an order that waits too long for a token is not sent', async (context) => {
  const { broker, host } = await play(
    context,
    (call, response) => {
      // The issue is never answered; the order is refused for its token once.
      if (call.path !== '/oauth2/tokenP') answerJson(response, 500, expired);
    },
    { timeouts: { orderWaitMs: 40, totalMs: 400 } },
  );
  await broker.place(approve(fixtureRequest()));

  const second = await broker.place(approve(fixtureRequest()));

  assert.deepEqual(second, { kind: 'not-sent', cause: 'token-late' });
  assert.equal(host.calls.filter(({ path }) => path.endsWith('order-cash')).length, 1);
});

for (const [name, script] of [
  ['10 MB', (response) => answerJson(response, 200, `${JSON.stringify(priced)}${' '.repeat(10 * 1024 * 1024)}`)],
  ['HTML', (response) => answerJson(response, 200, '<html><body>점검 중</body></html>')],
  ['a body cut short', (response) => answerJson(response, 200, JSON.stringify(priced).slice(0, 60))],
  ['a NUL', (response) => answerJson(response, 200, JSON.stringify(priced).replace('70000', '70\u0000000'))],
  ['a key twice', (response) => answerJson(response, 200, JSON.stringify(priced).replace('{', '{"rt_cd":"1",'))],
  ['a redirect', (response) => response.writeHead(302, { Location: 'http://127.0.0.1:9/' }).end()],
  ['a packed body', (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('{}')],
  ['EUC-KR', (response) => response.writeHead(200, { 'Content-Type': 'application/json; charset=euc-kr' }).end('{}')],
  ['bytes that are no UTF-8', (response) => response.writeHead(200).end(Buffer.from([0x7b, 0xb0, 0xa1, 0x7d]))],
] as const satisfies readonly (readonly [string, (response: Parameters<Script>[1]) => unknown])[]) {
  test(`price() makes no price of ${name}, and reports it with its TR id`, async (context) => {
    const { broker, incidents } = await play(context, (_call, response) => void script(response), {
      timeouts: { retryBaseMs: 1 },
    });

    await assert.rejects(broker.price('KRX:005930'), { code: 'kis.unreadable-answer', message: /FHKST01010100/ });

    assert.deepEqual(
      [...new Set(incidents.map(({ kind, trId }) => `${kind} ${trId}`))],
      ['unreadable-answer FHKST01010100'],
    );
  });

  test(`place() calls ${name} unknown, and reports it with its TR id`, async (context) => {
    const { broker, incidents } = await play(context, (_call, response) => void script(response));

    assert.equal((await broker.place(approve(fixtureRequest()))).kind, 'unknown');

    assert.deepEqual(
      incidents.map(({ kind, trId }) => [kind, trId]),
      [['unreadable-answer', 'VTTC0012U']],
    );
  });
}

test('the real host counts at most eighteen of our calls in any second, however late each arrives', async (context) => {
  const arrivals: number[] = [];
  const { broker } = await play(
    context,
    (_call, response) => {
      // Arrivals are counted after a delay of up to 150 ms, as a network would spread them.
      setTimeout(
        () => {
          arrivals.push(performance.now());
          answerJson(response, 200, priced);
        },
        (arrivals.length * 67) % 150,
      );
    },
    { environment: 'real', simulated: true, limits: {} },
  );

  await Promise.all(Array.from({ length: 24 }, () => broker.price('KRX:005930')));

  for (const start of arrivals) {
    const second = arrivals.filter((at) => at >= start && at < start + 1_000);
    assert.ok(second.length <= 18, `${second.length} calls in a second`);
  }
});

test('an order goes through while every connection of the reads hangs and their queue is full', async (context) => {
  const { broker, host } = await play(
    context,
    (call, response) => {
      if (call.path.endsWith('order-cash')) answerJson(response, 200, accepted);
    },
    { environment: 'real', simulated: true, limits: {} },
  );
  const reads = Array.from({ length: 230 }, () => broker.price('KRX:005930').catch((error: unknown) => error));
  while (host.calls.length < 2) await new Promise((resolve) => setImmediate(resolve));
  const startedMs = performance.now();

  const placed = await broker.place(approve(fixtureRequest()));

  assert.equal(placed.kind, 'accepted');
  assert.ok(performance.now() - startedMs < 1_000);
  await broker.close();
  await Promise.all(reads);
});

test('an unreadable field is reported with its TR id also where it only makes an inquiry incomplete', async (context) => {
  const { broker, incidents } = await play(context, (_call, response) =>
    answerJson(response, 200, { ...balanced, output1: [{ odno: '0000000001' }] }, 'D'),
  );

  const inquiry = await broker.orders(Temporal.PlainDate.from('2026-11-20'));

  assert.equal(inquiry.kind, 'incomplete');
  assert.deepEqual(
    incidents.map(({ kind, trId }) => [kind, trId]),
    [['unreadable-answer', 'VTTC0081R']],
  );
});

test('a sign-in that fails for maintenance is maintenance too', async (context) => {
  const clock = new FixtureClock();
  clock.advance(30 * 3_600_000);
  const { broker, incidents } = await play(context, (_call, response) => answerJson(response, 503, 'closed'), {
    clock,
  });

  await assert.rejects(broker.price('KRX:005930'), { code: 'kis.maintenance' });

  assert.deepEqual(
    incidents.map(({ kind }) => kind),
    ['maintenance'],
  );
});
