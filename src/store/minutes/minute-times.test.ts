import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { dayStartsAtMs } from '../csv/csv-series.ts';
import { madeMinutes, weekdaysOf } from '../fixtures/made-minutes.ts';
import { openBarStore } from '../bar-store.ts';
import { MinuteStretches, writeMinuteTimes, type MinuteTimes } from './minute-times.ts';
import { sliceBars } from '../slice-bars.ts';

const days = weekdaysOf(2024, 40);

/** Any minutes of any of the days, in order. */
const anyTimes = fc
  .uniqueArray(fc.tuple(fc.nat({ max: days.length - 1 }), fc.nat({ max: 1_439 })), {
    selector: ([day, minute]) => day * 1_440 + minute,
    maxLength: 300,
  })
  .map((places): MinuteTimes => {
    const rows = places.toSorted(([day, minute], [other, later]) => day - other || minute - later);
    return {
      dates: Int32Array.from(rows, ([day]) => days[day]!),
      startsAtMs: Float64Array.from(rows, ([day, minute]) => dayStartsAtMs(days[day]!) + minute * 60_000),
    };
  });

test('MinuteStretches gives back the times that were written, of any days among them', () => {
  fc.assert(
    fc.property(anyTimes, fc.nat({ max: 39 }), fc.nat({ max: 39 }), (times, one, other) => {
      const [from, to] = [days[Math.min(one, other)]!, days[Math.max(one, other)]!];
      const bytes = writeMinuteTimes(times);
      assert.ok(bytes !== null);

      const stretches = new MinuteStretches(bytes, times.dates.length);

      const range = stretches.range(from, to);
      const wanted = [...times.dates.keys()].filter((row) => times.dates[row]! >= from && times.dates[row]! <= to);
      assert.deepEqual(
        stretches.times(range),
        {
          dates: Int32Array.from(wanted, (row) => times.dates[row]!),
          startsAtMs: Float64Array.from(wanted, (row) => times.startsAtMs[row]!),
        },
        `${from} to ${to}`,
      );
    }),
    { numRuns: 150 },
  );
});

test('writeMinuteTimes() refuses what is no minute of its day, or out of order', () => {
  const at = (date: number, ms: number) => ({
    dates: Int32Array.of(20240102, date),
    startsAtMs: Float64Array.of(dayStartsAtMs(20240102) + 540 * 60_000, ms),
  });

  assert.equal(writeMinuteTimes(at(20240102, dayStartsAtMs(20240102) + 540.5 * 60_000)), null);
  assert.equal(writeMinuteTimes(at(20240102, dayStartsAtMs(20240102) + 540 * 60_000)), null);
  assert.equal(writeMinuteTimes(at(20240102, dayStartsAtMs(20240103))), null);
  assert.equal(writeMinuteTimes(at(20240101, dayStartsAtMs(20240101) + 541 * 60_000)), null);
  assert.throws(() => new MinuteStretches(writeMinuteTimes(at(20240103, dayStartsAtMs(20240103)))!, 3));
});

test('a store keeps a year of minute bars in at most 5 bytes a bar, reads any days of them, and reads the older form', () => {
  const whole = madeMinutes('KRX:005930', { days: weekdaysOf(2024, 245) });
  const thin = madeMinutes('KRX:000660', { days: weekdaysOf(2024, 120), quietPercent: 60, seed: 5 });
  // A price that is above what blocks hold goes into the form of integers, as all minutes did before.
  const older = { ...sliceBars(thin, 20240102, 20240105), instrument: 'KRX:035420' as const };
  const dear = { ...older, high: older.high.map(() => 2 ** 31) };
  const store = openBarStore(':memory:');

  store.importSeries(
    [whole, thin, dear].map((series) => ({ series, name: '' })),
    { source: 'made' },
  );

  const bytes = new Map(store.datasets().map((dataset) => [dataset.symbol, dataset.bytes / dataset.bars]));
  assert.ok(bytes.get('005930')! < 4 && bytes.get('000660')! < 5, `${[...bytes.values()].join(' ')} bytes a bar`);
  assert.deepEqual(store.series('005930', '1m', 0, 99_999_999), whole);
  assert.deepEqual(store.series('000660', '1m', 20240202, 20240401), sliceBars(thin, 20240202, 20240401));
  assert.equal(store.series('000660', '1m', 20300101, 20300102)?.date.length, 0);
  assert.deepEqual(store.series('035420', '1m', 0, 99_999_999), dear);
  assert.equal(store.series('005930', '1d', 0, 99_999_999), null);
  assert.deepEqual(store.loadAll({ interval: '1m', from: 0, to: 99_999_999 }).series[1], whole);
  store.close();
});
