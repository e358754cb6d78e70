import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateNumber, plainDate, seoul, seoulDate, seoulDayAt, seoulInstant, seoulTime } from './trading-date.ts';

test('plainDate() undoes dateNumber()', () => {
  const day = Temporal.PlainDate.from('2026-11-20');

  assert.equal(dateNumber(day), 20_261_120);
  assert.ok(plainDate(20_261_120).equals(day));
});

test('plainDate() refuses a day that is not in the calendar', () => {
  for (const value of [20_260_230, 20_261_301, 0]) assert.throws(() => plainDate(value), RangeError);
});

test('seoulDate() is already tomorrow at 15:00 UTC', () => {
  const instant = Temporal.Instant.from('2026-11-20T15:00:00Z');

  assert.equal(seoulDate(instant).toString(), '2026-11-21');
  assert.equal(seoulTime(instant).toString(), '00:00:00');
});

test('seoulInstant() undoes seoulDate() and seoulTime()', () => {
  const instant = Temporal.Instant.from('2026-11-20T05:32:07.118Z');

  assert.ok(seoulInstant(seoulDate(instant), seoulTime(instant)).equals(instant));
});

test('seoulDate() agrees with the zone database at the edges of days from 1980 to 2050, summer time included', () => {
  for (let day = Date.UTC(1980, 0, 1, 14, 59, 59, 999); day < Date.UTC(2050, 0, 1); day += 37 * 86_400_000) {
    for (const ms of [day, day + 1, day - 3_600_000, day + 43_200_000]) {
      const instant = Temporal.Instant.fromEpochMilliseconds(ms);
      const day = instant.toZonedDateTimeISO(seoul).toPlainDate();
      assert.equal(seoulDate(instant).toString(), day.toString());
      assert.equal(seoulDayAt(ms), dateNumber(day));
    }
  }
});

test('seoulDayAt() knows the ten hours of the summer of 1988 and the odd minutes of the fifties', () => {
  for (const moment of ['1988-07-01T14:30:00Z', '1988-07-01T13:59:59.999Z', '1960-01-01T15:15:00Z']) {
    const instant = Temporal.Instant.from(moment);
    assert.equal(
      seoulDayAt(instant.epochMilliseconds),
      dateNumber(instant.toZonedDateTimeISO(seoul).toPlainDate()),
      moment,
    );
  }
});

test('seoulDayAt() keeps the days of two centuries and knows the others as well, asked once or twice', () => {
  for (const moment of [
    '2169-12-31T14:59:59Z',
    '2169-12-31T15:00:00Z',
    '2170-01-01T15:00:00Z',
    '2600-02-28T15:00:00Z',
  ]) {
    const instant = Temporal.Instant.from(moment);
    const day = dateNumber(instant.toZonedDateTimeISO(seoul).toPlainDate());
    assert.equal(seoulDayAt(instant.epochMilliseconds), day, moment);
    assert.equal(seoulDayAt(instant.epochMilliseconds), day, moment);
  }
});

test('seoulDayAt() has no day for what is no moment', () => {
  for (const none of [Number.NaN, -Infinity, 0.5]) assert.throws(() => seoulDayAt(none), RangeError);
  assert.ok(Number.isNaN(seoulDayAt(Infinity)));
});
