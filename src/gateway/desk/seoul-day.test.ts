import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as check, integer, property } from 'fast-check';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { seoulDay } from './seoul-day.ts';

test('seoulDay() is the calendar´s day in Seoul, also in the years of a summer time, and refuses what is no instant', () => {
  const from = Date.UTC(1985, 0, 1);
  const until = Date.UTC(2099, 11, 31);
  check(
    property(integer({ min: from, max: until }), (ms) => {
      const instant = Temporal.Instant.fromEpochMilliseconds(ms);
      assert.equal(seoulDay(instant.toString()), dateNumber(seoulDate(instant)));
    }),
  );
  for (const at of ['2026-03-02T14:59:59.999999999Z', '2026-03-02T15:00:00Z', '2026-03-03T00:00:00+09:00']) {
    assert.equal(seoulDay(at), dateNumber(seoulDate(Temporal.Instant.from(at))), at);
  }
  assert.throws(() => seoulDay('yesterday'), RangeError);
});
