import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isProvisional,
  isTradingDay,
  nextTradingDay,
  previousTradingDay,
  settlementDate,
  tradingDay,
} from './calendar.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

/** Sessions per year as the sheet counts them, from 1990. */
const sessionCounts = [
  291, 292, 294, 296, 295, 293, 293, 292, 292, 249, 241, 246, 244, 247, 249, 249, 247, 246, 248, 253, 251, 248, 248,
  247, 245, 248, 246, 243, 244, 246, 248, 248, 246, 245, 244, 242, 244,
];

/** Saturdays traded per year, from 1990 to 1998. */
const saturdayCounts = [48, 49, 48, 48, 51, 50, 49, 49, 46];

/** First and last session of each year as month and day, from 1990. */
const yearEnds =
  '0103/1226 0103/1226 0103/1228 0104/1228 0104/1228 0103/1227 0103/1227 0103/1227 0103/1228 0104/1228 0104/1226 ' +
  '0102/1228 0102/1230 0102/1230 0102/1230 0103/1229 0102/1228 0102/1228 0102/1230 0102/1230 0104/1230 0103/1229 ' +
  '0102/1228 0102/1230 0102/1230 0102/1230 0104/1229 0102/1228 0102/1228 0102/1230 0102/1230 0104/1230 0103/1229 ' +
  '0102/1228 0102/1230 0102/1230 0102/1230';

function sessionsOf(year: number): Temporal.PlainDate[] {
  const dates: Temporal.PlainDate[] = [];
  for (let date = day(`${year}-01-01`); date.year === year; date = date.add({ days: 1 })) {
    if (isTradingDay(date)) dates.push(date);
  }
  return dates;
}

const years = sessionCounts.map((_, index) => sessionsOf(1990 + index));

test('M8 tradingDay() is open as often in every year from 1990 to 2026 as the table says', () => {
  assert.deepEqual(
    years.map((sessions) => sessions.length),
    sessionCounts,
  );
});

test('M9 tradingDay() is open on as many Saturdays as the table says, and on none from 1998-12-12', () => {
  const saturdays = years.map((sessions) => sessions.filter((date) => date.dayOfWeek === 6).length);

  assert.deepEqual(saturdays.slice(0, 9), saturdayCounts);
  assert.ok(saturdays.slice(9).every((count) => count === 0));
  assert.deepEqual(tradingDay(day('1998-12-05')), { kind: 'open' });
  assert.deepEqual(tradingDay(day('1998-12-12')), { kind: 'closed' });
});

test('M8 tradingDay() begins and ends every year on the day the table says', () => {
  const monthDay = (date: Temporal.PlainDate | undefined): string => date?.toString().slice(5).replace('-', '') ?? '';

  assert.equal(years.map((dates) => `${monthDay(dates.at(0))}/${monthDay(dates.at(-1))}`).join(' '), yearEnds);
});

for (const [date, kind] of [
  ['1992-12-28', 'open'],
  ['1993-07-07', 'open'],
  ['1994-02-14', 'open'],
  ['1994-05-20', 'open'],
  ['1995-06-27', 'closed'],
  ['1996-04-11', 'closed'],
  ['1998-06-04', 'closed'],
  ['1995-12-28', 'closed'],
  ['1990-12-29', 'closed'],
  ['1991-12-28', 'closed'],
  ['1996-12-28', 'closed'],
  ['1996-11-23', 'closed'],
  ['2026-07-17', 'closed'],
] as const) {
  test(`M8 tradingDay() of ${date} is ${kind}, where public calendars err`, () => {
    assert.deepEqual(tradingDay(day(date)), { kind });
  });
}

test('M10 tradingDay() knows nothing outside 1990 to 2027, and isTradingDay() takes that for no', () => {
  for (const date of ['1989-12-29', '2028-01-03', '2030-06-03']) {
    assert.deepEqual(tradingDay(day(date)), { kind: 'unknown' });
    assert.equal(isTradingDay(day(date)), false);
  }
  assert.deepEqual(tradingDay(day('1990-01-03')), { kind: 'open' });
  assert.deepEqual(tradingDay(day('2027-12-30')), { kind: 'open' });
});

test('M10 isProvisional() marks 2027, whose closures rest on statute', () => {
  assert.equal(isProvisional(day('2026-12-31')), false);
  assert.equal(isProvisional(day('2027-01-01')), true);
  assert.equal(isProvisional(day('2027-12-31')), true);
  assert.equal(isProvisional(day('2028-01-01')), false);
  assert.equal(isTradingDay(day('2027-05-03')), false);
  assert.equal(isTradingDay(day('2027-06-07')), true);
});

test('M11 nextTradingDay() and previousTradingDay() step over holidays and weekends', () => {
  assert.equal(nextTradingDay(day('2017-09-29')).toString(), '2017-10-10');
  assert.equal(previousTradingDay(day('2017-10-10')).toString(), '2017-09-29');
  assert.equal(nextTradingDay(day('1998-11-27')).toString(), '1998-11-28');
  assert.equal(nextTradingDay(day('2026-12-30')).toString(), '2027-01-04');
});

test('M11 nextTradingDay() and previousTradingDay() refuse to leave the known calendar', () => {
  assert.throws(() => nextTradingDay(day('2027-12-30')), RangeError);
  assert.throws(() => nextTradingDay(day('2040-01-01')), RangeError);
  assert.throws(() => previousTradingDay(day('1990-01-03')), RangeError);
});

test('M11 settlementDate() counts two sessions, not two days', () => {
  assert.equal(settlementDate(day('2024-12-27')).toString(), '2025-01-02');
  assert.equal(settlementDate(day('2024-12-26')).toString(), '2024-12-30');
  assert.equal(settlementDate(day('2019-05-30')).toString(), '2019-06-03');
  assert.equal(settlementDate(day('2017-09-28')).toString(), '2017-10-10');
  assert.throws(() => settlementDate(day('2027-12-29')), RangeError);
});
