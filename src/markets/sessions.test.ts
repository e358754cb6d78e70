import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { seoul, seoulInstant } from '#domain/trading-date.ts';
import { sessionAt, sessionsOfDay } from './sessions.ts';

/** `kind from-to` of each session, in Seoul time. */
function described(date: string): string[] {
  return sessionsOfDay(Temporal.PlainDate.from(date)).map(
    ({ kind, from, to }) => `${kind} ${clockOf(from)}-${clockOf(to)}`,
  );
}

function clockOf(instant: Temporal.Instant): string {
  return instant.toZonedDateTimeISO(seoul).toPlainTime().toString({ smallestUnit: 'minute' });
}

function at(text: string): Temporal.Instant {
  const [date = '', time = ''] = text.split(' ');
  return seoulInstant(Temporal.PlainDate.from(date), Temporal.PlainTime.from(time));
}

/** Phase and bounds of the regular trading in Seoul time. */
function stateAt(text: string): string {
  const { kind, opensAt, closesAt } = sessionAt(at(text));
  return `${kind} ${opensAt === null ? '-' : clockOf(opensAt)} ${closesAt === null ? '-' : clockOf(closesAt)}`;
}

for (const [date, why, sessions] of [
  ['1994-12-28', '09:40 until 1994', '08:40-09:40 09:40-11:40 13:20-15:10 15:10-15:20'],
  ['1995-01-04', '09:30 from 1995', '08:30-09:30 09:30-11:30 13:00-14:50 14:50-15:00'],
  ['1998-12-05', 'the last Saturday', '08:30-09:30 09:30-11:20 11:20-11:30'],
  ['1998-12-07', '09:00 from 1998-12-07', '08:00-09:00 09:00-12:00 13:00-14:50 14:50-15:00'],
  ['2000-05-19', 'the last lunch break', '08:00-09:00 09:00-12:00 13:00-14:50 14:50-15:00'],
  ['2000-05-22', 'no lunch break', '08:00-09:00 09:00-14:50 14:50-15:00'],
  ['2016-07-29', 'the last close at 15:00', '08:00-09:00 09:00-14:50 14:50-15:00'],
  ['2016-08-01', 'the first close at 15:30', '08:00-09:00 09:00-15:20 15:20-15:30'],
  ['2019-04-26', 'the last long opening auction', '08:00-09:00 09:00-15:20 15:20-15:30'],
  ['2019-04-29', 'the first short opening auction', '08:30-09:00 09:00-15:20 15:20-15:30'],
  ['2026-09-11', 'no after-market yet', '08:30-09:00 09:00-15:20 15:20-15:30'],
  ['2026-09-14', 'the first after-market', '08:30-09:00 09:00-15:20 15:20-15:30 16:00-20:00'],
  ['2026-01-02', 'first session of the year', '09:30-10:00 10:00-15:20 15:20-15:30'],
  ['2026-01-05', 'second session of the year', '08:30-09:00 09:00-15:20 15:20-15:30'],
  ['1999-01-04', 'first session, with lunch', '09:00-10:00 10:00-12:00 13:00-14:50 14:50-15:00'],
  ['1993-11-16', 'exam day, 30 minutes', '09:10-10:10 10:10-12:10 13:50-15:40 15:40-15:50'],
  ['1998-11-18', 'exam day, 30 minutes', '09:00-10:00 10:00-12:00 13:30-15:20 15:20-15:30'],
  ['1999-11-17', 'exam day, 60 minutes', '09:00-10:00 10:00-13:00 14:00-15:50 15:50-16:00'],
  ['2015-11-12', 'exam day', '09:00-10:00 10:00-15:50 15:50-16:00'],
  ['2017-11-16', 'the exam day that was announced', '09:00-10:00 10:00-16:20 16:20-16:30'],
  ['2017-11-23', 'the exam day that was held', '09:00-10:00 10:00-16:20 16:20-16:30'],
  ['2026-11-19', 'exam day with after-market', '09:30-10:00 10:00-16:20 16:20-16:30 17:00-20:00'],
  ['2001-09-12', 'the day after 2001-09-11', '11:00-12:00 12:00-14:50 14:50-15:00'],
  ['2026-11-21', 'a Saturday', ''],
  ['2026-12-31', 'year-end', ''],
  ['2028-01-03', 'an unknown day', ''],
] as const) {
  test(`M12 sessionsOfDay() of ${date} (${why}) are ${sessions === '' ? 'none' : sessions}`, () => {
    assert.equal(
      described(date)
        .map((session) => session.split(' ')[1])
        .join(' '),
      sessions,
    );
  });
}

test('M13 sessionsOfDay() names the phases in order', () => {
  const kinds = (date: string): string[] => described(date).map((session) => session.split(' ')[0] ?? '');

  assert.deepEqual(kinds('2000-05-19'), ['opening-auction', 'continuous', 'continuous', 'closing-auction']);
  assert.deepEqual(kinds('2026-11-20'), ['opening-auction', 'continuous', 'closing-auction', 'after-market']);
});

for (const [instant, state] of [
  ['2026-11-20 00:00', 'closed 09:00 15:30'],
  ['2026-11-20 08:29:59.999', 'closed 09:00 15:30'],
  ['2026-11-20 08:30', 'opening-auction 09:00 15:30'],
  ['2026-11-20 08:59:59.999', 'opening-auction 09:00 15:30'],
  ['2026-11-20 09:00', 'continuous 09:00 15:30'],
  ['2026-11-20 15:19:59.999', 'continuous 09:00 15:30'],
  ['2026-11-20 15:20', 'closing-auction 09:00 15:30'],
  ['2026-11-20 15:29:59.999', 'closing-auction 09:00 15:30'],
  ['2026-11-20 15:30', 'closed - -'],
  ['2026-11-20 16:00', 'after-market - -'],
  ['2026-11-20 20:00', 'closed - -'],
  ['2026-11-20 23:59:59.999', 'closed - -'],
  ['2026-11-21 10:00', 'closed - -'],
  ['2000-05-19 12:00', 'closed 09:00 15:00'],
  ['2000-05-19 13:00', 'continuous 09:00 15:00'],
  ['2001-09-12 11:59', 'opening-auction 12:00 15:00'],
  ['2001-09-12 12:00', 'continuous 12:00 15:00'],
  ['1998-11-18 09:59', 'opening-auction 10:00 15:30'],
  ['2017-11-23 16:29', 'closing-auction 10:00 16:30'],
  ['2028-01-03 10:00', 'closed - -'],
] as const) {
  test(`M14 sessionAt() ${instant} is ${state}`, () => {
    assert.equal(stateAt(instant), state);
  });
}

test('M14 sessionAt() agrees with the sessions of the day at any instant, in any order of asking', () => {
  const minutes = fc.integer({ min: 0, max: 38 * 365 * 1440 });
  fc.assert(
    fc.property(minutes, (offset) => {
      const instant = at('1990-01-01 00:00').add({ minutes: offset });
      const date = instant.toZonedDateTimeISO(seoul).toPlainDate();

      const expected = sessionsOfDay(date).find(
        ({ from, to }) => Temporal.Instant.compare(from, instant) <= 0 && Temporal.Instant.compare(instant, to) < 0,
      );

      assert.equal(sessionAt(instant).kind, expected?.kind ?? 'closed');
    }),
    { numRuns: 500 },
  );
});

test('M13 sessionsOfDay() never overlaps and stays inside its day', () => {
  const days = fc.integer({ min: 0, max: 38 * 365 });
  fc.assert(
    fc.property(days, (offset) => {
      const date = Temporal.PlainDate.from('1990-01-01').add({ days: offset });
      let previous = seoulInstant(date, Temporal.PlainTime.from('00:00'));
      for (const { from, to } of sessionsOfDay(date)) {
        assert.ok(Temporal.Instant.compare(previous, from) <= 0);
        assert.ok(Temporal.Instant.compare(from, to) < 0);
        previous = to;
      }
      assert.ok(previous.toZonedDateTimeISO(seoul).toPlainDate().equals(date));
    }),
    { numRuns: 500 },
  );
});
