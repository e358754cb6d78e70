import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import type { InstrumentId } from '#domain/instrument.ts';
import { ManualClock } from '#domain/clock.ts';
import type { Tick } from '#domain/market-data.ts';

import type { OrderNotice, StreamState } from '../../broker.ts';
import { fixtureOptions } from '../fixtures/fixture-broker.ts';
import {
  acknowledgeAll,
  noticeFrame,
  openScriptedSocket,
  type RegistrationScript,
  type ScriptedSocketHost,
} from '../fixtures/scripted-socket.ts';
import { createKisBroker, type KisBrokerOptions, type KisIncident } from '../index.ts';
import type { KisBrokerStream, KisFeedWant, KisStreamListener } from './kis-stream-listener.ts';

const samsung: InstrumentId = 'KRX:005930';
const trade =
  '005930^093354^71900^5^-100^-0.14^72023.83^72100^72400^71700^71900^71800^1^3052507^219853241700^5105^6937^1832^84.90^' +
  '1366314^1159996^1^0.39^20.28^090020^5^-200^090820^5^-500^092619^2^200^20261120^20^N^65945^216924^1118750^2199206^' +
  '0.05^2424142^125.92^0^^72100';
const filled =
  'HTSID^1234567801^0000117057^^02^0^00^0^005930^0000000002^000070000^121053^0^2^2^91252^000000002^홍길동^0^1^Y^^10^^삼성전자^000070000';
const operation = '005930^N^(null)^AB1^112^^^55^Y^';
const index =
  '0001^100000^2712.14^2^12.34^421234^9876543^12^345^0.46^2701.00^2715.20^2699.80^11.14^2^-3.06^5^12.34^2^0.04^0.57^' +
  '-0.01^3^512^61^340^0^510^341^0.12';
const usTrade =
  'DNASAAPL^AAPL^4^20261119^20261119^100005^20261120^000005^228.1000^229.5000^227.9000^228.1300^2^1.1300^0.50^228.1200^' +
  '228.1400^100^200^50^1234567^281234567^10^20^101.20^1';
const usNotice =
  'HTSID^1234567801^0000117057^^02^0^2^AAPL^0000000003^0002281300^230511^0^2^2^01234^^홍길동^APPLE^6^10^^^^^228.13000000';

interface Scene {
  readonly host: ScriptedSocketHost;
  readonly stream: KisBrokerStream;
  readonly incidents: readonly KisIncident[];
  /** Everything that was heard, in order. */
  readonly heard: readonly (readonly [string, unknown])[];
  /** Waits until `count` things called `name` were heard, and gives the last. */
  readonly wait: (name: string, count?: number) => Promise<unknown>;
}

async function listening(
  context: TestContext,
  changes: Partial<KisBrokerOptions> = {},
  script: RegistrationScript = acknowledgeAll,
): Promise<Scene> {
  const host = await openScriptedSocket(script);
  const options = fixtureOptions(host, changes);
  const heard: [string, unknown][] = [];
  let wake: () => void = () => undefined;
  const note = (name: string) => (what: unknown) => {
    heard.push([name, what]);
    wake();
  };
  const listener: KisStreamListener = {
    onTick: note('tick'),
    onOrderBook: note('book'),
    onOrderNotice: note('notice'),
    onState: (state) => note(state.kind)(state),
    onExpected: note('expected'),
    onMarketOperation: note('operation'),
    onIndex: note('index'),
    onOverseasTick: note('us-tick'),
    onOverseasNotice: note('us-notice'),
  };
  const broker = createKisBroker(options);
  const stream = await broker.openStream(listener);
  context.after(async () => {
    await broker.close();
    await stream.close();
    await host.close();
  });
  const wait = async (name: string, count = 1): Promise<unknown> => {
    const giveUp = setTimeout(() => heard.push(['gave up', null]), 5_000);
    while (heard.filter(([one]) => one === name).length < count) {
      assert.ok(!heard.some(([one]) => one === 'gave up'), `"${name}" was not heard within five seconds`);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 20);
      });
    }
    clearTimeout(giveUp);
    return heard.filter(([one]) => one === name)[count - 1]?.[1];
  };
  return { host, stream, incidents: options.incidents, heard, wait };
}

const real = { environment: 'real', simulated: true } as const;
const more: readonly KisFeedWant[] = [
  { feed: 'market-operation', venue: 'KRX', instrument: samsung },
  { feed: 'trade', venue: 'NXT', instrument: samsung },
  { feed: 'index', code: '0001' },
  { feed: 'overseas-trade', instrument: 'NASDAQ:AAPL' },
];

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
