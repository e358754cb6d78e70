import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateNumber, plainDate, seoulDate, seoulInstant, seoulTime } from './trading-date.ts';

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
