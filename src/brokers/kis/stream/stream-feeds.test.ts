import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ManualClock } from '#domain/clock.ts';
import type { Tick } from '#domain/market-data.ts';

import type { OrderNotice, StreamState } from '../../broker.ts';
import { listening, more, operation, real, samsung } from '../fixtures/listening-stage.ts';
import { filled, index, trade, usNotice, usTrade } from '../fixtures/stream-samples.ts';
import { noticeFrame } from '../fixtures/scripted-socket.ts';

test('watch() registers more feeds on the real host behind trades and before books, and all are heard', async (context) => {
  const { host, stream, wait, incidents } = await listening(context, real);
  const report = stream.watch([samsung], more);
  await wait('open');

  assert.deepEqual(
    host.sessions[0]?.map(({ trId, trKey }) => `${trId} ${trKey}`),
    [
      'H0STCNI0 fixturehts',
      'H0GSCNI0 fixturehts',
      'H0STCNT0 005930',
      'H0STASP0 005930',
      'H0STMKO0 005930',
      'H0NXCNT0 005930',
      'H0UPCNT0 0001',
      'HDFSCNT0 DNASAAPL',
    ],
  );
  assert.deepEqual([report.used, report.leftOut], [8, []]);
  host.push(`0|H0NXCNT0|001|${trade}^2`);
  host.push(`0|H0STMKO0|001|${operation}`);
  host.push(`0|H0STMKO0|001|${operation}^1`);
  host.push(`0|H0UPCNT0|001|${index}`);
  host.push(`0|HDFSCNT0|002|${usTrade}^${usTrade}`);
  host.push(noticeFrame('H0GSCNI0', usNotice));
  await wait('us-notice');

  assert.equal(((await wait('tick')) as Tick).venue, 'NXT');
  assert.deepEqual(await wait('operation', 2), await wait('operation', 1));
  assert.equal(((await wait('index')) as { value: number }).value, 271_214);
  assert.equal(((await wait('us-tick', 2)) as { price: number }).price, 2_281_300);
  assert.deepEqual(
    incidents.map(({ kind, trId, detail }) => [kind, trId, /AB1/.test(detail)]),
    [
      ['unmapped-code', 'H0STMKO0', true],
      ['field-width', 'H0STMKO0', false],
    ],
  );
});

test('watch() leaves out on paper what paper does not offer, and says so', async (context) => {
  const { stream, wait } = await listening(context);
  const report = stream.watch([samsung], more);
  await wait('open');

  assert.deepEqual(report.leftOut, more.slice(0, 3));
  assert.equal(report.used, 5);
});

for (const [profile, tradeFields, notice] of [
  ['legacy', trade, filled.split('^').toSpliced(17, 4, '홍길동').slice(0, 23).join('^')],
  ['2025', trade, filled],
  ['2026-09', `${trade}^2`, filled],
] as const) {
  test(`openStream() reads the trades and notices of profile ${profile}`, async (context) => {
    const { host, stream, wait, incidents } = await listening(context);
    stream.watch([samsung]);
    await wait('open');

    host.push(`0|H0STCNT0|002|${tradeFields}^${tradeFields}`);
    host.push(noticeFrame('H0STCNI9', notice));

    assert.equal(((await wait('tick', 2)) as Tick).price, 71_900);
    assert.equal(((await wait('notice')) as OrderNotice).kind, 'filled');
    assert.deepEqual(incidents, []);
  });
}

test('openStream() reads on when a record gets wider in mid-session, and tells it once', async (context) => {
  const { host, stream, wait, incidents } = await listening(context);
  stream.watch([samsung]);
  await wait('open');

  for (const record of [trade, `${trade}^2`, `${trade}^2^3`]) host.push(`0|H0STCNT0|001|${record}`);
  await wait('tick', 3);

  assert.deepEqual(
    incidents.map(({ kind, detail }) => [kind, detail]),
    [['field-width', '47 fields a record, 46 before: read on by the ones known']],
  );
});

test('openStream() lets the other feeds go on while one has drifted', async (context) => {
  const { host, stream, wait, heard } = await listening(context);
  stream.watch([samsung]);
  await wait('open');

  host.push(`0|H0STCNT0|001|${trade.slice(0, trade.lastIndexOf('^'))}`);
  host.push(noticeFrame('H0STCNI9', filled));
  await wait('notice');

  assert.ok(!heard.some(([name]) => name === 'tick'));
});

test('openStream() asks for the orders at every notice that cannot be read, and reports it once', async (context) => {
  const { host, wait, incidents } = await listening(context);
  await wait('open');
  const foreign = noticeFrame('H0STCNI9', filled, { key: 'x'.repeat(32), iv: 'y'.repeat(16) });

  host.push(foreign);
  host.push(foreign);
  await wait('drift', 2);

  assert.deepEqual(
    incidents.map(({ kind }) => kind),
    ['undecryptable-notice'],
  );
});

test('openStream() survives binary messages, another charset and a flood, each in the log once', async (context) => {
  const { host, stream, wait, incidents } = await listening(context, { timeouts: { reconnectBaseMs: 10 } });
  stream.watch([samsung]);
  await wait('open');

  for (let time = 0; time < 3; time += 1) {
    host.pushBytes(Buffer.from([0, 1, 2, 255]), 'binary');
    host.pushBytes(Buffer.from([0xc8, 0xab, 0xb1, 0xe6]), 'text');
    // 홍길동 in the Korean charset of before UTF-8, in a notice that is not encrypted.
    host.pushBytes(Buffer.concat([Buffer.from('0|H0STCNI9|001|'), Buffer.from([0xc8, 0xab])]), 'text');
  }
  host.push(`0|H0STCNT0|001|${trade}`);
  await wait('tick');
  host.pushBytes(Buffer.alloc(1024 * 1024 + 1, 0x5e), 'text');
  await wait('open', 2);

  assert.deepEqual(
    incidents.map(({ kind, trId }) => `${kind} ${trId}`),
    ['strange-message ', 'unreadable-frame ', 'field-drift H0STCNI9'],
  );
});

test('openStream() answers both styles of heartbeat', async (context) => {
  const { host, wait } = await listening(context);
  await wait('open');
  const text = '{"header":{"tr_id":"PINGPONG","datetime":"20261120093549"}}';

  host.push(text);
  host.ping(text);
  const giveUpAtMs = performance.now() + 5_000;
  while ((host.others.length === 0 || host.pongs.length === 0) && performance.now() < giveUpAtMs) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }

  assert.deepEqual([host.others, host.pongs], [[text], [text]]);
});

test('openStream() waits longer while another session holds the app key, and tells it once', async (context) => {
  const { host, wait, incidents } = await listening(
    context,
    { timeouts: { reconnectBaseMs: 1, sessionInUseMs: 60 } },
    (_registration, session) => (session < 3 ? 'OPSP8996' : 'OPSP0000'),
  );
  const startedMs = performance.now();
  await wait('open');

  assert.ok(performance.now() - startedMs >= 100, 'two pauses of 60 ms');
  assert.equal(host.sessions.length, 3);
  assert.equal(incidents.filter(({ kind }) => kind === 'app-key-in-use').length, 1);
});

test('openStream() renews the approval key before it registers something late in a long session', async (context) => {
  const clock = new ManualClock(Temporal.Instant.from('2026-11-20T01:00:00Z'));
  const { host, stream, wait } = await listening(context, { clock });
  stream.watch([samsung]);
  await wait('open');

  clock.advance(22 * 3_600_000);
  stream.watch([samsung, 'KRX:000660']);
  await wait('open', 2);
  clock.advance(2 * 3_600_000);
  stream.watch([samsung, 'KRX:000660', 'KRX:035420']);
  await wait('open', 3);

  assert.deepEqual(
    host.sessions.map((session) => [...new Set(session.map(({ approvalKey }) => approvalKey))]),
    [['approval-1', 'approval-2']],
  );
  assert.equal(host.sessions[0]?.at(-1)?.approvalKey, 'approval-2');
});

test('openStream() begins again with a new approval key when the old one is refused', async (context) => {
  const { host, wait } = await listening(context, { timeouts: { reconnectBaseMs: 1 } }, (_registration, session) =>
    session === 1 ? 'OPSP0011' : 'OPSP0000',
  );
  await wait('open');

  assert.equal(host.sessions[1]?.[0]?.approvalKey, 'approval-2');
});

test('openStream() names the gap with both ends after a drop, and registers in one burst', async (context) => {
  const { host, stream, wait } = await listening(context, { timeouts: { reconnectBaseMs: 1 } });
  stream.watch([samsung]);
  await wait('open');

  host.drop();
  await wait('open', 2);
  const { gap } = (await wait('open', 2)) as StreamState;

  assert.ok(gap !== undefined && Temporal.Instant.compare(gap.from, gap.to) <= 0);
  assert.deepEqual(
    host.sessions[1]?.map(({ trId }) => trId),
    ['H0STCNI9', 'H0GSCNI9', 'H0STCNT0', 'H0STASP0'],
  );
});
