import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import { dateNumber } from '#domain/trading-date.ts';

import type { Broker } from '../../broker.ts';
import { fixtureOptions } from '../fixtures/fixture-broker.ts';
import { answerJson, openScriptedHost, type ScriptedHost } from '../fixtures/scripted-host.ts';
import { createKisBroker } from '../index.ts';

type Row = Readonly<Record<string, string>>;

/** Serves charts out of `rows`, newest first, as KIS pages them. */
async function chartHost(
  context: TestContext,
  page: (query: URLSearchParams) => readonly Row[],
): Promise<{ broker: Broker; host: ScriptedHost }> {
  const host = await openScriptedHost(({ query }, response) =>
    answerJson(response, 200, {
      rt_cd: '0',
      msg_cd: 'MCA00000',
      msg1: '',
      output1: { hts_kor_isnm: '삼성전자' },
      output2: page(query),
    }),
  );
  context.after(() => host.close());
  return { broker: createKisBroker(fixtureOptions(host)), host };
}

function dailyRow(date: Temporal.PlainDate): Row {
  return {
    stck_bsop_date: String(dateNumber(date)),
    stck_oprc: '100',
    stck_hgpr: '120',
    stck_lwpr: '90',
    stck_clpr: '110',
    acml_vol: '5',
  };
}

function minuteRow(minutesAfterNine: number, date = '20261120'): Row {
  const time = Temporal.PlainTime.from('09:00').add({ minutes: minutesAfterNine });
  return {
    stck_bsop_date: date,
    stck_cntg_hour: time.toString({ smallestUnit: 'second' }).replaceAll(':', ''),
    stck_prpr: String(1_000 + minutesAfterNine),
    stck_oprc: '1000',
    stck_hgpr: '2000',
    stck_lwpr: '900',
    cntg_vol: '7',
  };
}

const to = Temporal.PlainDate.from('2026-11-20');

test('dailyBars() follows 100 rows a page back to the first day, oldest first, with adjusted prices', async (context) => {
  const { broker, host } = await chartHost(context, (query) => {
    const last = Temporal.PlainDate.from(query.get('FID_INPUT_DATE_2') ?? '');
    const first = Temporal.PlainDate.from(query.get('FID_INPUT_DATE_1') ?? '');
    const days = Math.min(100, first.until(last).days + 1);
    return Array.from({ length: days }, (_, index) => dailyRow(last.subtract({ days: index })));
  });

  const bars = await broker.dailyBars('KRX:005930', to.subtract({ days: 249 }), to);

  assert.equal(bars.length, 250);
  assert.deepEqual([bars[0]?.date, bars.at(-1)?.date], [dateNumber(to.subtract({ days: 249 })), 20_261_120]);
  assert.deepEqual(
    [...bars].sort((a, b) => a.startsAtMs - b.startsAtMs),
    bars,
  );
  assert.deepEqual(bars[0], {
    startsAtMs: Temporal.Instant.from('2026-03-15T15:00:00Z').epochMilliseconds,
    date: 20_260_316,
    open: 100,
    high: 120,
    low: 90,
    close: 110,
    volume: 5,
  });
  assert.equal(host.calls.length, 3);
  assert.deepEqual([...new Set(host.calls.map((call) => call.query.get('FID_ORG_ADJ_PRC')))], ['0']);
});

test('dailyBars() skips empty rows and flattens a day without trading', async (context) => {
  const halted = { ...dailyRow(to), stck_oprc: '0', stck_hgpr: '0', stck_lwpr: '0', acml_vol: '0' };
  const { broker } = await chartHost(context, () => [halted, {}, {}]);

  const [bar, ...more] = await broker.dailyBars('KRX:005930', to, to);

  assert.deepEqual([bar?.open, bar?.high, bar?.low, bar?.close, bar?.volume], [110, 110, 110, 110, 0]);
  assert.deepEqual(more, []);
});

test('dailyBars() gives up when a host serves the same page for ever', async (context) => {
  const page = Array.from({ length: 100 }, (_, index) => dailyRow(to.subtract({ days: index })));
  const { broker, host } = await chartHost(context, () => page);

  await assert.rejects(broker.dailyBars('KRX:005930', to.subtract({ days: 500 }), to), {
    code: 'kis.unreadable-answer',
  });

  assert.equal(host.calls.length, 2);
});

test('dailyBars() is empty for a span that ends before it begins, and asks nobody', async (context) => {
  const { broker, host } = await chartHost(context, () => []);

  assert.deepEqual(await broker.dailyBars('KRX:005930', to, to.subtract({ days: 1 })), []);
  assert.equal(host.calls.length, 0);
});

test('minuteBars() pages backwards by time and leaves yesterday out', async (context) => {
  const minutes = Array.from({ length: 75 }, (_, minute) => minuteRow(minute)).toReversed();
  const yesterday = Array.from({ length: 30 }, (_, minute) => minuteRow(300 - minute, '20261119'));
  const { broker, host } = await chartHost(context, (query) => {
    const until = query.get('FID_INPUT_HOUR_1') ?? '';
    const today = minutes.filter((row) => (row['stck_cntg_hour'] ?? '') <= until);
    return [...today, ...yesterday].slice(0, 30);
  });

  const bars = await broker.minuteBars('KRX:005930', 200);

  assert.deepEqual(
    bars.map((bar) => bar.close),
    Array.from({ length: 75 }, (_, minute) => 1_000 + minute),
  );
  assert.equal(bars[0]?.startsAtMs, Temporal.Instant.from('2026-11-20T00:00:00Z').epochMilliseconds);
  assert.deepEqual(
    host.calls.map((call) => call.query.get('FID_INPUT_HOUR_1')),
    ['235959', '094400', '091400'],
  );
});

test('minuteBars() returns the last minutes only, and stops asking when it has them', async (context) => {
  const page = Array.from({ length: 30 }, (_, minute) => minuteRow(29 - minute));
  const { broker, host } = await chartHost(context, () => page);

  const bars = await broker.minuteBars('KRX:005930', 5);

  assert.deepEqual(
    bars.map((bar) => bar.close),
    [1_025, 1_026, 1_027, 1_028, 1_029],
  );
  assert.equal(host.calls.length, 1);
});

test('minuteBars() ends when a host answers the same page for ever', async (context) => {
  const page = Array.from({ length: 30 }, (_, minute) => minuteRow(29 - minute));
  const { broker, host } = await chartHost(context, () => page);

  assert.equal((await broker.minuteBars('KRX:005930', 100)).length, 30);
  assert.equal(host.calls.length, 2);
});

test('minuteBars() refuses rows that do not go back in time', async (context) => {
  const { broker } = await chartHost(context, () => [minuteRow(1), minuteRow(1)]);

  await assert.rejects(broker.minuteBars('KRX:005930', 100), { code: 'kis.unreadable-answer' });
});
