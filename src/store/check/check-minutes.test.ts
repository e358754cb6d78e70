import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import type { PriceRules } from './check-bars.ts';
import { checkMinutes } from './check-minutes.ts';
import { dayStartsAtMs } from '../csv/csv-series.ts';
import { sessionStrips } from './session-strip.ts';
import type { SessionMinutes } from '../minutes/session-minutes.ts';

/** Nine to twelve with a lunch break, an auction until 12:10, an after-market of an hour. */
const hours: SessionMinutes = {
  continuous: [
    { from: 540, to: 600 },
    { from: 660, to: 720 },
  ],
  closesAt: 730,
  extra: [{ from: 740, to: 800 }],
};
const rules: PriceRules & { readonly sessions: () => SessionMinutes } = {
  calendar: (date) => (date === 20240106 || date === 20240107 ? 'closed' : 'open'),
  limits: (base) => ({ lower: base * 0.7, upper: base * 1.3 }),
  isOnTick: (price) => price % 5 === 0,
  sessions: () => hours,
};
const whole = [...range(540, 600), ...range(660, 720), 730];

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, minute) => from + minute);
}

function seriesOf(
  days: Readonly<Record<number, readonly number[]>>,
  closeAt: (row: number) => number = () => 1_000,
): BarSeries {
  const rows = Object.entries(days).flatMap(([date, minutes]) =>
    minutes.map((minute) => ({ date: Number(date), minute })),
  );
  const close = Float64Array.from(rows, (_, row) => closeAt(row));
  return {
    instrument: 'KRX:005930',
    interval: '1m',
    date: Int32Array.from(rows, ({ date }) => date),
    startsAtMs: Float64Array.from(rows, ({ date, minute }) => dayStartsAtMs(date) + minute * 60_000),
    open: close,
    high: close,
    low: close,
    close,
    volume: new Float64Array(rows.length).fill(7),
  };
}

test('checkMinutes() finds nothing in minutes that are whole', () => {
  const check = checkMinutes(seriesOf({ 20240104: whole, 20240105: whole }), rules);

  assert.deepEqual([check.bars, check.days, check.expectedMinutes, check.missingMinutes], [242, 2, 240, 0]);
  assert.deepEqual([check.holeCount, check.outsideCount, check.extraSessions, check.withoutClose], [0, 0, 0, 0]);
  assert.deepEqual([check.gaps, check.closedDays, check.faults], [[], [], []]);
});

test('checkMinutes() finds holes of ten minutes within a session, none across the lunch break, and days and closes that are missing', () => {
  const holed = whole.filter(
    (minute) => !(minute >= 550 && minute < 560) && !(minute >= 590 && minute < 665) && minute !== 730,
  );

  const check = checkMinutes(seriesOf({ 20240103: whole, 20240105: holed }), rules);

  assert.deepEqual(check.holes, [
    { date: 20240105, from: 550, to: 560 },
    { date: 20240105, from: 590, to: 600 },
  ]);
  assert.equal(check.missingMinutes, 10 + 10 + 5);
  assert.equal(check.withoutClose, 1);
  assert.deepEqual(check.gaps, [{ from: 20240104, to: 20240104, sessions: 1, isKnown: false }]);
});

test('checkMinutes() tells minutes of other sessions from minutes of none, and days on which nobody could trade', () => {
  const check = checkMinutes(seriesOf({ 20240105: [480, ...whole, 745, 799, 800], 20240106: [540] }), rules);

  assert.equal(check.extraSessions, 2);
  assert.deepEqual(check.outside, [
    { date: 20240105, minute: 480 },
    { date: 20240105, minute: 800 },
  ]);
  assert.deepEqual(check.closedDays, [20240106]);
});

test('checkMinutes() counts limits from the regular close of the session before, and finds each wrong bar at its minute', () => {
  const two = { 20240104: [...whole, 745], 20240105: whole };
  // The after-market fell by half, which binds nobody on the next day.
  const after = checkMinutes(
    seriesOf(two, (row) => (row === 121 ? 500 : 1_000)),
    rules,
  );
  const beyond = checkMinutes(
    seriesOf(two, (row) => (row < 122 ? 1_000 : 1_400)),
    rules,
  );
  const jump = checkMinutes(
    seriesOf(two, (row) => (row === 50 ? 1_200 : 1_000)),
    rules,
  );
  const broken = seriesOf({ 20240104: whole }, (row) => (row === 3 ? 0 : 1_000));
  const twice = seriesOf({ 20240104: [540, 541, 541] });

  assert.equal(after.faultCounts['beyond-limits'], 0);
  assert.equal(beyond.faultCounts['beyond-limits'], 121);
  assert.deepEqual(beyond.faults[0], {
    fault: 'beyond-limits',
    date: 20240105,
    minute: 540,
    close: 1_400,
    before: 1_000,
  });
  assert.deepEqual(
    jump.faults.map(({ fault, minute }) => [fault, minute]),
    [['spike', 590]],
  );
  assert.deepEqual(
    checkMinutes(broken, rules).faults.map(({ fault, minute }) => [fault, minute]),
    [['bad-price', 543]],
  );
  assert.equal(checkMinutes(twice, rules).faultCounts['repeated-day'], 1);
  assert.equal(checkMinutes(seriesOf({}), rules).bars, 0);
});

test('sessionStrips() draws ten minutes a mark: all, most, some, none, and no session', () => {
  const minutes = [...range(540, 550), ...range(550, 556), 560, ...range(580, 600), ...range(660, 720)];

  const { fromHour, days } = sessionStrips(seriesOf({ 20240105: minutes }), [20240105, 20240104], () => hours);

  assert.equal(fromHour, 9);
  assert.deepEqual(days, [
    { date: 20240105, marks: '█▓░·██      ██████', missing: 4 + 9 + 10 },
    { date: 20240104, marks: '······      ······', missing: 120 },
  ]);
});
