import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import type { InstrumentId } from '#domain/instrument.ts';

import { StreamRecord } from '../../conformance-stream.ts';
import { fixtureOptions, fixtureSecrets } from '../fixtures/fixture-broker.ts';
import {
  acknowledgeAll,
  noticeFrame,
  openScriptedSocket,
  type RegistrationScript,
  type ScriptedSocketHost,
} from '../fixtures/scripted-socket.ts';
import { filled, trade } from '../fixtures/stream-samples.ts';
import { createKisBroker, type KisBrokerOptions, type KisIncident } from '../index.ts';

const samsung: InstrumentId = 'KRX:005930';

interface Scene {
  readonly host: ScriptedSocketHost;
  readonly record: StreamRecord;
  readonly incidents: readonly KisIncident[];
}

async function watching(
  context: TestContext,
  instruments: readonly InstrumentId[],
  script: RegistrationScript = acknowledgeAll,
  changes: Partial<KisBrokerOptions> = {},
): Promise<Scene> {
  const host = await openScriptedSocket(script);
  const options = fixtureOptions(host, changes);
  const record = await StreamRecord.open(createKisBroker(options));
  context.after(async () => {
    await record.close();
    await host.close();
  });
  record.stream.watch(instruments);
  return { host, record, incidents: options.incidents };
}

test('openStream() registers notices first, then trades and books, and is open once all are acknowledged', async (context) => {
  const { host, record } = await watching(context, [samsung]);

  await record.state('open');

  assert.deepEqual(host.sessions, [
    [
      { type: '1', trId: 'H0STCNI9', trKey: fixtureSecrets.htsId, approvalKey: 'approval-1' },
      { type: '1', trId: 'H0STCNT0', trKey: '005930', approvalKey: 'approval-1' },
      { type: '1', trId: 'H0STASP0', trKey: '005930', approvalKey: 'approval-1' },
    ],
  ]);
  assert.deepEqual(JSON.parse(host.calls[0]?.body ?? ''), {
    grant_type: 'client_credentials',
    appkey: fixtureSecrets.appKey,
    secretkey: fixtureSecrets.appSecret,
  });
});

test('openStream() hands on every trade of a frame, appended fields ignored', async (context) => {
  const { host, record } = await watching(context, [samsung]);
  await record.state('open');

  host.push(`0|H0STCNT0|002|${trade}^2^${trade.replace('^71900^5', '^72000^5')}^2`);

  assert.deepEqual([(await record.tick()).price, (await record.tick()).price], [71_900, 72_000]);
});

test('openStream() decrypts order notices and leaves those of other accounts out', async (context) => {
  const { host, record } = await watching(context, []);
  await record.state('open');

  host.push(noticeFrame('H0STCNI9', filled.replace('1234567801', '9999999901')));
  host.push(noticeFrame('H0STCNI9', filled));

  assert.equal((await record.fill()).brokerOrderId, '0000117057');
});

test('openStream() echoes the heartbeat as it came', async (context) => {
  const { host, record } = await watching(context, [samsung]);
  await record.state('open');
  const heartbeat = '{"header": {"tr_id":"PINGPONG","datetime":"20261120093549"}}';

  host.push(heartbeat);
  host.push(`0|H0STCNT0|001|${trade}`);
  await record.tick();
  // Texts arrive in order: once this registration is answered, the echo before it has arrived.
  record.stream.watch([samsung, 'KRX:000660']);
  await record.state('open');

  assert.deepEqual(host.others, [heartbeat]);
});

for (const [name, frame, kind] of [
  ['too few fields', `0|H0STCNT0|001|${trade.slice(0, trade.lastIndexOf('^'))}`, 'field-drift'],
  ['fields that do not divide', `0|H0STCNT0|002|${trade}^${trade}^1`, 'field-drift'],
  ['a price that is no number', `0|H0STCNT0|001|${trade.replace('^71900^5', '^^5')}`, 'unreadable-frame'],
  ['columns shifted by one', `0|H0STCNT0|001|1^${trade}`, 'unreadable-frame'],
  [
    'a notice under another key',
    noticeFrame('H0STCNI9', filled, { key: 'x'.repeat(32), iv: 'y'.repeat(16) }),
    'undecryptable-notice',
  ],
] as const) {
  test(`openStream() says "drift" once and gives no price for ${name}`, async (context) => {
    const { host, record, incidents } = await watching(context, [samsung]);
    await record.state('open');

    host.push(frame);
    host.push(frame);
    host.push(`0|H0STCNT0|001|${trade.replace('^71900^5', '^71800^5')}`);

    assert.equal((await record.tick()).price, 71_800);
    await record.state('drift');
    assert.equal(incidents.filter((incident) => incident.kind === kind).length, 1);
  });
}

test('openStream() survives garbage without a price', async (context) => {
  const { host, record, incidents } = await watching(context, [samsung]);
  await record.state('open');

  for (const text of [
    '',
    'hello',
    '{',
    '{"header":1}',
    '[]',
    '0|H0STCNT0|001|',
    '1|H0STCNI9|001|%%%',
    '0|H0UNCNT0|001|x',
  ]) {
    host.push(text);
  }
  host.push(`0|H0STCNT0|001|${trade}`);

  assert.equal((await record.tick()).price, 71_900);
  assert.ok(incidents.length >= 3);
});

test('openStream() leaves out trades of an instrument that is not watched', async (context) => {
  const { host, record } = await watching(context, [samsung]);
  await record.state('open');

  host.push(`0|H0STCNT0|001|${trade.replace('005930', '000660')}`);
  host.push(`0|H0STCNT0|001|${trade}`);

  assert.equal((await record.tick()).instrument, samsung);
});

test('openStream() reconnects with a new approval key, registers everything again and names the gap', async (context) => {
  const { host, record } = await watching(context, [samsung]);
  await record.state('open');

  host.drop();
  await record.state('closed');
  const { detail } = await record.state('open');

  assert.match(detail, /anything since 2026-11-20T01:00:00Z may be missing/);
  assert.deepEqual(
    host.sessions[1]?.map(({ trId, approvalKey }) => [trId, approvalKey]),
    [
      ['H0STCNI9', 'approval-2'],
      ['H0STCNT0', 'approval-2'],
      ['H0STASP0', 'approval-2'],
    ],
  );
});

test('openStream() gives up a connection whose registrations are not answered', async (context) => {
  const { host, record } = await watching(
    context,
    [],
    (_registration, session) => (session === 1 ? null : 'OPSP0000'),
    { timeouts: { registrationMs: 40, reconnectBaseMs: 10 } },
  );

  assert.match((await record.state('closed')).detail, /were not answered/);
  await record.state('open');

  assert.equal(host.sessions.length, 2);
});

test('openStream() says which instrument was refused, and goes on with the others', async (context) => {
  const { host, record, incidents } = await watching(context, ['KRX:000660', samsung], ({ trKey }) =>
    trKey === '000660' ? 'OPSP8992' : 'OPSP0000',
  );

  const { detail } = await record.state('drift');
  await record.state('open');
  host.push(`0|H0STCNT0|001|${trade}`);

  assert.match(detail, /H0STCNT0: registration of 000660 answered with OPSP8992/);
  assert.equal(incidents[0]?.kind, 'registration-refused');
  assert.equal((await record.tick()).instrument, samsung);
});

test('openStream() is not open while the order notices are refused, and tries again', async (context) => {
  const { host, record } = await watching(
    context,
    [samsung],
    ({ trId }, session) => (trId === 'H0STCNI9' && session === 1 ? 'OPSP8992' : 'OPSP0000'),
    { timeouts: { registrationMs: 40, reconnectBaseMs: 10 } },
  );

  assert.doesNotMatch((await record.state('drift')).detail, new RegExp(fixtureSecrets.htsId));
  await record.state('closed');
  await record.state('open');

  assert.equal(host.sessions.length, 2);
});

test('openStream() reports when another session holds the app key', async (context) => {
  const { record, incidents } = await watching(context, [], () => 'OPSP8996');

  await record.state('drift');

  assert.equal(incidents[0]?.kind, 'app-key-in-use');
});

test('watch() takes its list as the whole: what is no longer in it is unregistered with type 2', async (context) => {
  const { host, record } = await watching(context, [samsung]);
  await record.state('open');

  record.stream.watch(['KRX:000660']);
  await record.state('open');

  assert.deepEqual(
    host.sessions[0]?.slice(3).map(({ type, trId, trKey }) => `${type} ${trId} ${trKey}`),
    ['2 H0STCNT0 005930', '2 H0STASP0 005930', '1 H0STCNT0 000660', '1 H0STASP0 000660'],
  );
});

test('watch() gives trades to 40 instruments before it gives a book to any, and says what found no room', async (context) => {
  const { host, record } = await watching(context, [samsung]);
  await record.state('open');

  const roomy = record.stream.watch(many(20));
  const mixed = record.stream.watch(many(30));
  const full = record.stream.watch(many(42));
  await record.state('open');

  assert.deepEqual([roomy.used, roomy.limit, roomy.unwatched, roomy.withoutBook], [41, 41, [], []]);
  assert.deepEqual([mixed.used, mixed.unwatched, mixed.withoutBook], [41, [], many(30).slice(10)]);
  assert.deepEqual([full.used, full.unwatched, full.withoutBook.length], [41, many(42).slice(40), 40]);
  const held = new Set<string>();
  for (const { type, trId, trKey } of host.sessions[0] ?? []) {
    if (type === '1') held.add(`${trId} ${trKey}`);
    else held.delete(`${trId} ${trKey}`);
    assert.ok(held.size <= 41, 'never more than 41 at any moment');
  }
  assert.equal(held.size, 41);
});

function many(count: number): InstrumentId[] {
  return Array.from({ length: count }, (_, index): InstrumentId => `KRX:${String(index + 10).padStart(6, '0')}`);
}
