import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { calendarStrip } from './calendar-strip.ts';
import { checkBars, type PriceRules } from './check-bars.ts';
import { dayStartsAtMs } from '../csv/csv-series.ts';

type Row = readonly [date: number, open: number, high: number, low: number, close: number, volume: number];

function seriesOf(rows: readonly Row[]): BarSeries {
  const column = (index: number) => Float64Array.from(rows, (row) => row[index]!);
  return {
    instrument: 'KRX:005930',
    interval: '1d',
    date: Int32Array.from(rows, (row) => row[0]),
    startsAtMs: Float64Array.from(rows, (row) => dayStartsAtMs(row[0])),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

/** Weekdays are sessions, ticks are five won, limits thirty in a hundred. */
const rules: PriceRules = {
  calendar: (date) => ([0, 6].includes(new Date(dayStartsAtMs(date) + 9 * 3_600_000).getUTCDay()) ? 'closed' : 'open'),
  limits: (base) => ({ lower: base * 0.7, upper: base * 1.3 }),
  isOnTick: (price) => price % 5 === 0,
};

const good: readonly Row[] = [
  [20240102, 1000, 1010, 990, 1000, 5],
  [20240103, 1000, 1010, 990, 1005, 5],
  [20240104, 1000, 1010, 990, 1000, 5],
];

test('checkBars() finds nothing in bars that are right', () => {
  const check = checkBars(seriesOf(good), rules);

  assert.deepEqual(check.faults, []);
  assert.deepEqual([check.withoutVolume, check.offTick, check.isAdjusted, check.gaps.length], [0, 0, false, 0]);
});

test('checkBars() finds each kind of wrong bar on its day', () => {
  const wrong: readonly (readonly [string, Row])[] = [
    ['bad-price', [20240105, 0, 1010, 0, 1000, 5]],
    ['bad-price', [20240105, 1000.5, 1010, 990, 1000, 5]],
    ['bad-range', [20240105, 1000, 990, 1010, 1000, 5]],
    ['bad-range', [20240105, 1000, 1010, 1005, 1010, 5]],
    ['repeated-day', [20240104, 1000, 1010, 990, 1000, 5]],
    ['beyond-limits', [20240105, 1000, 1305, 990, 1000, 5]],
    ['beyond-limits', [20240105, 100, 105, 95, 100, 5]],
  ];

  for (const [fault, row] of wrong) {
    const check = checkBars(seriesOf([...good, row]), rules);

    assert.deepEqual(
      check.faults.map((one) => [one.fault, one.date]),
      [[fault, row[0]]],
    );
  }
});

test('checkBars() finds a jump that is taken back, and takes a fall that stays for none', () => {
  const calm = Array.from({ length: 30 }, (_, day): Row => {
    const close = 1000 + (day % 3) * 5;
    return [20240201 + day, close, close, close, close, 5];
  });
  const jump = calm.map((row, index): Row => (index === 10 ? [row[0], 1250, 1250, 1250, 1250, 5] : row));
  const fall = calm.map((row, index): Row => (index >= 10 ? [row[0], 800, 800, 800, 800, 5] : row));

  assert.deepEqual(
    checkBars(seriesOf(jump), rules).faults.map(({ fault, date }) => [fault, date]),
    [['spike', 20240211]],
  );
  assert.deepEqual(checkBars(seriesOf(fall), rules).faults, []);
});

test('checkBars() counts days without trades, missing sessions, closed days and prices off the ticks', () => {
  const check = checkBars(
    seriesOf([
      [20240102, 1000, 1000, 1000, 1000, 0],
      [20240104, 1001, 1001, 1001, 1001, 5],
      [20240106, 1000, 1000, 1000, 1000, 5],
    ]),
    rules,
  );

  assert.deepEqual([check.withoutVolume, check.offTick, check.isAdjusted], [1, 1, true]);
  assert.deepEqual(
    check.gaps.map(({ from, sessions }) => [from, sessions]),
    [
      [20240103, 1],
      [20240105, 1],
    ],
  );
  assert.deepEqual(check.closedDays, [20240106]);
});

test('calendarStrip() draws whole, halted, broken and empty weeks, and nothing outside the series', () => {
  const days = [8, 9, 10, 11, 12, 15, 16, 18, 19, 22, 23, 24, 25, 26].map((day) => 20240100 + day);
  const series = seriesOf([...days, 20240205].map((day): Row => [day, 5, 5, 5, 5, day === 20240123 ? 0 : 1]));

  const [year, ...others] = calendarStrip(series, rules.calendar);

  assert.equal(year?.year, 2024);
  assert.equal(year.weeks.trimEnd(), ' █░▓·█'.padEnd(6));
  assert.deepEqual([year.weeks.length, year.missing, others], [53, 6, []]);
  assert.deepEqual(calendarStrip(seriesOf([]), rules.calendar), []);
});
