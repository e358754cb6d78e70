import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';

import { aMinuteRow, openChartHost } from '../fixtures/chart-host.ts';

test('minuteBars() pages backwards by time and leaves yesterday out', async (context) => {
  const minutes = Array.from({ length: 75 }, (_, minute) => aMinuteRow(minute)).toReversed();
  const yesterday = Array.from({ length: 30 }, (_, minute) => aMinuteRow(300 - minute, '20261119'));
  const { broker, host } = await openChartHost(context, (query) => {
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
  const page = Array.from({ length: 30 }, (_, minute) => aMinuteRow(29 - minute));
  const { broker, host } = await openChartHost(context, () => page);

  const bars = await broker.minuteBars('KRX:005930', 5);

  assert.deepEqual(
    bars.map((bar) => bar.close),
    [1_025, 1_026, 1_027, 1_028, 1_029],
  );
  assert.equal(host.calls.length, 1);
});

test('minuteBars() ends when a host answers the same page for ever', async (context) => {
  const page = Array.from({ length: 30 }, (_, minute) => aMinuteRow(29 - minute));
  const { broker, host } = await openChartHost(context, () => page);

  assert.equal((await broker.minuteBars('KRX:005930', 100)).length, 30);
  assert.equal(host.calls.length, 2);
});

test('minuteBars() refuses rows that do not go back in time', async (context) => {
  const { broker } = await openChartHost(context, () => [aMinuteRow(1), aMinuteRow(1)]);

  await assert.rejects(broker.minuteBars('KRX:005930', 100), { code: 'kis.unreadable-answer' });
});

const real = { environment: 'real', simulated: true } as const;
const day = Temporal.PlainDate.from('2026-11-20');

/** Rows at or before the cursor, newest first, with or without the days before. */
function pastPage(rows: readonly ReturnType<typeof aMinuteRow>[], query: URLSearchParams, size: number) {
  const date = query.get('FID_INPUT_DATE_1') ?? '';
  const hour = query.get('FID_INPUT_HOUR_1') ?? '';
  const placeOf = (row: (typeof rows)[number]): string => `${row['stck_bsop_date']}${row['stck_cntg_hour']}`;
  return rows.filter((row) => placeOf(row) <= date + hour).slice(0, size);
}

test('pastMinuteBars() crosses days and brings each minute once, for any page size', async (context) => {
  const dates = ['20261120', '20261119', '20261117'];
  const rows = dates.flatMap((date) => Array.from({ length: 40 }, (_, minute) => aMinuteRow(39 - minute, date)));
  let size = 120;
  const { broker } = await openChartHost(context, (query) => pastPage(rows, query, size), real);

  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 5, max: 120 }), fc.integer({ min: 1, max: 140 }), async (pageSize, count) => {
      size = pageSize;

      const bars = await broker.quotes.pastMinuteBars('KRX:005930', { date: day, count });

      const wanted = rows.slice(0, count).toReversed();
      assert.deepEqual(
        bars.map((bar) => [String(bar.date), String(bar.close)]),
        wanted.map((row) => [row['stck_bsop_date'], row['stck_prpr']]),
      );
    }),
    { numRuns: 20 },
  );
});

test('pastMinuteBars() steps over days on which a page is empty, and ends when there is nothing more', async (context) => {
  const rows = [aMinuteRow(1, '20261120'), aMinuteRow(1, '20261110')];
  const { broker, host } = await openChartHost(
    context,
    // A broker that does not cross days.
    (query) => pastPage(rows, query, 120).filter((row) => row['stck_bsop_date'] === query.get('FID_INPUT_DATE_1')),
    real,
  );

  const bars = await broker.quotes.pastMinuteBars('KRX:005930', { date: day, count: 100 });

  assert.deepEqual(
    bars.map(({ date }) => date),
    [20_261_110, 20_261_120],
  );
  assert.ok(host.calls.length < 40, `${host.calls.length} calls`);
});
