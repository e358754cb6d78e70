import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { BrokerOrderId } from '#domain/order.ts';
import { approve } from '#guard/approved.ts';
import type { Broker } from '../../broker.ts';
import { fixtureOptions, fixtureRequest } from '../fixtures/fixture-broker.ts';
import { answerJson, openScriptedHost, type Script, type ScriptedHost } from '../fixtures/scripted-host.ts';
import { createKisBroker, type KisBrokerOptions } from '../index.ts';

/** Named scenarios of threat-model §14, over sockets. */
const accepted = {
  rt_cd: '0',
  msg_cd: '40600000',
  msg1: '',
  output: { KRX_FWDG_ORD_ORGNO: '00950', ODNO: '0000000001', ORD_TMD: '100000' },
};
const working = {
  brokerOrderId: '0000000001' as BrokerOrderId,
  forwardingOffice: '',
  instrument: 'KRX:005930',
  side: 'buy',
} as const;

async function play(
  context: TestContext,
  script: Script,
  changes: Partial<KisBrokerOptions> = {},
): Promise<{ readonly broker: Broker; readonly host: ScriptedHost }> {
  const host = await openScriptedHost(script);
  context.after(() => host.close());
  return { broker: createKisBroker(fixtureOptions(host, changes)), host };
}

function posts(host: ScriptedHost, path: string): number {
  return host.calls.filter((call) => call.path.endsWith(path)).length;
}

test('regression "expired-token loop": a host that calls every token expired is asked for one more, and no order goes twice', async (context) => {
  let issued = 0;
  const { broker, host } = await play(
    context,
    (call, response) => {
      if (call.path === '/oauth2/tokenP') {
        issued += 1;
        answerJson(response, 200, { access_token: `token.${issued}`, expires_in: 86_400, token_type: 'Bearer' });
      } else answerJson(response, 500, { rt_cd: '1', msg_cd: 'EGW00123', msg1: '기간이 만료된 token 입니다.' });
    },
    { limits: { perSecond: 10_000, burst: 100, tokenIssueEveryMs: 60_000 } },
  );

  const ends: string[] = [];
  for (let count = 0; count < 10; count += 1) ends.push((await broker.place(approve(fixtureRequest()))).kind);
  for (let count = 0; count < 10; count += 1) await assert.rejects(broker.price('KRX:005930'));
  const inquiry = await broker.orders(Temporal.PlainDate.from('2026-11-20')).catch(() => ({ kind: 'failed' }));

  assert.equal(issued, 1, 'KIS issues one a minute, and each issue sends the owner a message');
  assert.deepEqual(ends, ['rejected', 'rejected', ...Array.from({ length: 8 }, () => 'not-sent')]);
  assert.equal(posts(host, 'order-cash'), 2, 'one request for each order that had a token');
  assert.notEqual(inquiry.kind, 'complete');
});

test('finding: an order whose machine slept while it waited for its turn is not sent, and a cancel is', async (context) => {
  let wallMs = 0;
  const { broker, host } = await play(context, (_call, response) => answerJson(response, 200, accepted), {
    limits: { perSecond: 8, burst: 1 },
    wallMs: () => wallMs + performance.now(),
  });

  const first = broker.place(approve(fixtureRequest()));
  const second = broker.place(approve(fixtureRequest()));
  const cancel = broker.cancel(working);
  // The first has its turn by now; the others wait for theirs.
  await first;
  wallMs = 3 * 3_600_000;

  assert.deepEqual(await second, { kind: 'not-sent', cause: 'machine-stood-still' });
  assert.equal((await cancel).kind, 'accepted');
  assert.deepEqual([posts(host, 'order-cash'), posts(host, 'order-rvsecncl')], [1, 1]);
});

test('place() is sent when the machine stood still for five seconds and no more', async (context) => {
  let slept = 0;
  const { broker, host } = await play(context, (_call, response) => answerJson(response, 200, accepted), {
    limits: { perSecond: 8, burst: 1 },
    wallMs: () => slept + performance.now(),
  });
  await broker.place(approve(fixtureRequest()));
  const waiting = broker.place(approve(fixtureRequest()));
  slept = 4_900;

  assert.equal((await waiting).kind, 'accepted');
  assert.equal(posts(host, 'order-cash'), 2);
});
