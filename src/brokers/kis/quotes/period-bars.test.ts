import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dateNumber } from '#domain/trading-date.ts';

import { aPeriodRow, openChartHost } from '../fixtures/chart-host.ts';
import { startOfPeriod } from './period-bars.ts';

const to = Temporal.PlainDate.from('2026-11-20');

test('dailyBars() follows 100 rows a page back to the first day, oldest first, with adjusted prices', async (context) => {
  const { broker, host } = await openChartHost(context, (query) => {
    const last = Temporal.PlainDate.from(query.get('FID_INPUT_DATE_2') ?? '');
    const first = Temporal.PlainDate.from(query.get('FID_INPUT_DATE_1') ?? '');
    const days = Math.min(100, first.until(last).days + 1);
    return Array.from({ length: days }, (_, index) => aPeriodRow(last.subtract({ days: index })));
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
  const halted = { ...aPeriodRow(to), stck_oprc: '0', stck_hgpr: '0', stck_lwpr: '0', acml_vol: '0' };
  const { broker } = await openChartHost(context, () => [halted, {}, {}]);

  const [bar, ...more] = await broker.dailyBars('KRX:005930', to, to);

  assert.deepEqual([bar?.open, bar?.high, bar?.low, bar?.close, bar?.volume], [110, 110, 110, 110, 0]);
  assert.deepEqual(more, []);
});

test('dailyBars() gives up when a host serves the same page for ever', async (context) => {
  const page = Array.from({ length: 100 }, (_, index) => aPeriodRow(to.subtract({ days: index })));
  const { broker, host } = await openChartHost(context, () => page);

  await assert.rejects(broker.dailyBars('KRX:005930', to.subtract({ days: 500 }), to), {
    code: 'kis.unreadable-answer',
  });

  assert.equal(host.calls.length, 2);
});

test('dailyBars() is empty for a span that ends before it begins, and asks nobody', async (context) => {
  const { broker, host } = await openChartHost(context, () => []);

  assert.deepEqual(await broker.dailyBars('KRX:005930', to, to.subtract({ days: 1 })), []);
  assert.equal(host.calls.length, 0);
});

/** One row a week, dated as `dateOf` says; the broker cuts a week at the end of the span, as it would today's. */
function weeksUntil(query: URLSearchParams, dateOf: (monday: Temporal.PlainDate) => Temporal.PlainDate) {
  const last = Temporal.PlainDate.from(query.get('FID_INPUT_DATE_2') ?? '');
  const from = Temporal.PlainDate.from(query.get('FID_INPUT_DATE_1') ?? '');
  const rows = [];
  for (let monday = startOfPeriod(last, 'week'); rows.length < 100; monday = monday.subtract({ weeks: 1 })) {
    const day = dateOf(monday);
    const date = Temporal.PlainDate.compare(day, last) > 0 ? last : day;
    if (Temporal.PlainDate.compare(date, from) < 0) break;
    rows.push(aPeriodRow(date));
  }
  return rows;
}

for (const [name, days] of [
  ['first', 0],
  ['last', 4],
] as const) {
  test(`periodBars() brings each week once when KIS dates it with its ${name} day`, async (context) => {
    const { broker, host } = await openChartHost(context, (query) =>
      weeksUntil(query, (monday) => monday.add({ days })),
    );

    const from = Temporal.PlainDate.from('2022-01-03');
    const bars = await broker.quotes.periodBars('KRX:005930', { from, to, period: 'week' });

    const weeks = bars.map((bar) => startOfPeriod(Temporal.PlainDate.from(String(bar.date)), 'week').toString());
    assert.deepEqual(weeks, [...new Set(weeks)].toSorted());
    assert.deepEqual([weeks[0], weeks.at(-1), weeks.length], ['2022-01-03', '2026-11-16', 255]);
    assert.equal(host.calls.length, 3);
  });
}

test('startOfPeriod() is the Monday, the first of the month and New Year', () => {
  const date = Temporal.PlainDate.from('2026-11-22');

  assert.deepEqual(
    (['day', 'week', 'month', 'year'] as const).map((period) => dateNumber(startOfPeriod(date, period))),
    [20_261_122, 20_261_116, 20_261_101, 20_260_101],
  );
});

test('periodBars() asks for raw prices with the code of the chart, which is not that of the recent days', async (context) => {
  const { broker, host } = await openChartHost(context, () => [aPeriodRow(to)]);

  await broker.quotes.periodBars('KRX:005930', { from: to, to, isRaw: true });

  assert.equal(host.calls[0]?.query.get('FID_ORG_ADJ_PRC'), '1');
});
