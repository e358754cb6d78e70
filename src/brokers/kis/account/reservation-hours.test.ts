import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { seoul } from '#domain/trading-date.ts';
import { isTradingDay } from '#markets/calendar.ts';

import { reservationWindow } from './reservation-hours.ts';

function at(text: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(text).toZonedDateTime(seoul).toInstant();
}

/** `from-to` of the window around a moment, in Seoul time, or a dash. */
function windowAt(text: string): string {
  const window = reservationWindow(at(text));
  if (window === null) return '-';
  const clock = (instant: Temporal.Instant): string =>
    instant.toZonedDateTimeISO(seoul).toPlainTime().toString({ smallestUnit: 'minute' });
  return `${clock(window.opensAt)}-${clock(window.closesAt)}`;
}

for (const [moment, why, wanted] of [
  ['2026-11-20T15:39:59', 'before the evening', '-'],
  ['2026-11-20T15:40:00', 'the first moment of the evening', '15:40-23:40'],
  ['2026-11-20T23:39:59', 'the last one before the pause', '15:40-23:40'],
  ['2026-11-20T23:40:00', 'the nightly pause', '-'],
  ['2026-11-21T00:09:59', 'still the pause', '-'],
  ['2026-11-21T00:10:00', 'a Saturday', '00:10-23:40'],
  ['2026-11-22T12:00:00', 'a Sunday', '00:10-23:40'],
  ['2026-11-23T00:10:00', 'Monday morning', '00:10-07:30'],
  ['2026-11-23T07:29:59', 'the last moment', '00:10-07:30'],
  ['2026-11-23T07:30:00', 'too late', '-'],
  ['2026-12-25T10:00:00', 'a holiday', '00:10-23:40'],
  ['2028-01-04T16:00:00', 'a day nobody knows', '-'],
] as const) {
  test(`reservationWindow() at ${moment} (${why}) is ${wanted}`, () => {
    assert.equal(windowAt(moment), wanted);
  });
}

test('reservationWindow() is never open while the market trades, and holds the moment it was asked for', () => {
  const minute = fc.integer({ min: 0, max: 2 * 366 * 24 * 60 });

  fc.assert(
    fc.property(minute, (minutes) => {
      const now = at('2026-01-01T00:00:00').add({ minutes });
      const window = reservationWindow(now);
      const local = now.toZonedDateTimeISO(seoul);
      const isDay = local.hour >= 8 && local.hour < 15;

      if (window === null) return;
      assert.ok(Temporal.Instant.compare(window.opensAt, now) <= 0);
      assert.ok(Temporal.Instant.compare(now, window.closesAt) < 0);
      assert.ok(!(isDay && isTradingDay(local.toPlainDate())));
    }),
    { numRuns: 1_000 },
  );
});
