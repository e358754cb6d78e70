import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { InstrumentKind } from '#domain/instrument.ts';
import type { OrderSession, OrderVenue } from '#domain/order.ts';
import { seoul, seoulDate } from '#domain/trading-date.ts';
import { orderWindow } from './order-windows.ts';
import { sessionsOfDay } from './sessions.ts';

const venues: readonly OrderVenue[] = ['KRX', 'NXT', 'SOR'];
const sessions: readonly OrderSession[] = [
  'regular',
  'pre-hours-close',
  'after-hours-close',
  'after-market',
  'pre-market',
];

/** `from-to` in Seoul time, or a dash. */
function hours(venue: OrderVenue, session: OrderSession, date: string, kind: InstrumentKind = 'stock'): string {
  const window = orderWindow({ venue, session, kind }, Temporal.PlainDate.from(date));
  return window === null ? '-' : `${clock(window.opensAt)}-${clock(window.closesAt)}`;
}

function clock(instant: Temporal.Instant): string {
  const time = instant.toZonedDateTimeISO(seoul).toPlainTime();
  return time.toString({ smallestUnit: time.second === 0 ? 'minute' : 'second' });
}

const krxCases = [
  ['2026-09-14', 'the first after-market', '09:00-15:30', '08:30-08:40', '15:30-16:00', '16:00-20:00'],
  ['2026-09-11', 'the day before it', '09:00-15:30', '08:30-08:40', '15:30-16:00', '-'],
  ['2019-04-26', 'before the short pre-hours', '09:00-15:30', '-', '15:30-16:00', '-'],
  ['2016-07-29', 'before the long day', '09:00-15:00', '-', '-', '-'],
  ['2026-01-02', 'the first session of a year', '10:00-15:30', '09:30-09:40', '15:30-16:00', '-'],
  ['2026-11-19', 'an exam day', '10:00-16:30', '09:30-09:40', '16:30-17:00', '17:00-20:00'],
  ['2026-11-21', 'a Saturday', '-', '-', '-', '-'],
  ['2028-01-04', 'a day nobody knows', '-', '-', '-', '-'],
] as const;

for (const [date, why, regular, before, after, evening] of krxCases) {
  test(`M32 KRX takes orders on ${date} (${why}): ${regular}, ${before}, ${after}, ${evening}`, () => {
    assert.equal(hours('KRX', 'regular', date), regular);
    assert.equal(hours('KRX', 'pre-hours-close', date), before);
    assert.equal(hours('KRX', 'after-hours-close', date), after);
    assert.equal(hours('KRX', 'after-market', date), evening);
    assert.equal(hours('KRX', 'pre-market', date), '-');
  });
}

test('M32 the after-market of KRX takes no funds and no notes', () => {
  assert.equal(hours('KRX', 'after-market', '2026-11-20', 'etf'), '-');
  assert.equal(hours('KRX', 'after-market', '2026-11-20', 'etn'), '-');
  assert.equal(hours('KRX', 'regular', '2026-11-20', 'etf'), '09:00-15:30');
});

const nxtCases = [
  ['2026-11-20', 'an ordinary day', '08:00-08:50', '09:00:30-15:20', '15:30-20:00'],
  ['2025-03-04', 'its first day', '-', '10:00:30-15:20', '15:30-20:00'],
  ['2025-02-28', 'before it existed', '-', '-', '-'],
  ['2025-11-13', 'an exam day', '-', '10:00:30-16:20', '16:30-20:00'],
  ['2026-01-02', 'the first session of a year', '-', '10:00:30-15:20', '15:30-20:00'],
  ['2026-11-21', 'a Saturday', '-', '-', '-'],
] as const;

for (const [date, why, before, main, after] of nxtCases) {
  test(`M33 NXT takes orders on ${date} (${why}): ${before}, ${main}, ${after}`, () => {
    assert.equal(hours('NXT', 'pre-market', date), before);
    assert.equal(hours('NXT', 'regular', date), main);
    assert.equal(hours('NXT', 'after-market', date), after);
    assert.equal(hours('NXT', 'pre-hours-close', date), '-');
    assert.equal(hours('NXT', 'after-hours-close', date), '-');
  });
}

test('M34 SOR is open while both exchanges trade continuously, and knows no other session', () => {
  assert.equal(hours('SOR', 'regular', '2026-11-20'), '09:00:30-15:20');
  for (const session of sessions.slice(1)) assert.equal(hours('SOR', session, '2026-11-20'), '-');
});

test('M34 every window is on its day, ends after it began, and is null on a closed day', () => {
  const day = fc.integer({ min: 0, max: 13_500 }).map((days) => Temporal.PlainDate.from('1990-09-01').add({ days }));

  fc.assert(
    fc.property(day, fc.constantFrom(...venues), fc.constantFrom(...sessions), (date, venue, session) => {
      const window = orderWindow({ venue, session, kind: 'stock' }, date);
      if (window === null) return;

      assert.ok(sessionsOfDay(date).length > 0);
      assert.ok(seoulDate(window.opensAt).equals(date) && seoulDate(window.closesAt).equals(date));
      assert.ok(Temporal.Instant.compare(window.opensAt, window.closesAt) < 0);
    }),
    { numRuns: 500 },
  );
});
