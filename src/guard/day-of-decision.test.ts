import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { seoulDate } from '#domain/trading-date.ts';
import { dayOfDecision } from './day-of-decision.ts';

function at(moment: string): Temporal.Instant {
  return Temporal.Instant.from(moment);
}

test('dayOfDecision() is the day in Seoul, also when it was asked for another moment of that day before', () => {
  const asked = [
    // The first and the last millisecond of a day and their neighbours, there and back.
    '2026-11-19T14:59:59.999Z',
    '2026-11-19T15:00:00Z',
    '2026-11-20T14:59:59.999Z',
    '2026-11-20T15:00:00Z',
    '2026-11-20T14:59:59.999Z',
    '2026-11-19T14:59:59.999Z',
    // In the summer of 1988 clocks were ten hours ahead; before 1908 and in the fifties they were at odd minutes.
    '1988-07-01T14:30:00Z',
    '1988-07-01T13:59:59.999Z',
    '1960-01-01T15:15:00Z',
  ];

  assert.deepEqual(
    asked.map((moment) => dayOfDecision({ now: at(moment) }).toString()),
    asked.map((moment) => seoulDate(at(moment)).toString()),
  );
});

test('dayOfDecision() says what the conversion of each moment says, in any order', () => {
  const hour = fc.integer({ min: -600_000, max: 600_000 });
  const few = fc.integer({ min: 493_000, max: 493_060 });

  fc.assert(
    fc.property(fc.array(fc.tuple(fc.oneof(hour, few), fc.integer({ min: -1, max: 1 }))), (asked) => {
      for (const [hours, step] of asked) {
        const now = Temporal.Instant.fromEpochMilliseconds(hours * 3_600_000 + step);
        assert.equal(dayOfDecision({ now }).toString(), seoulDate(now).toString());
      }
    }),
    { numRuns: 50 },
  );
});
