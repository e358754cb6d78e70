import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateNumber, seoul } from '#domain/trading-date.ts';
import { starter } from '#guard/limits.ts';
import { isDayOver } from './day-end.ts';
import { emptyDesk } from './desk/state.ts';
import type { GatewayClock } from './clock/gateway-clock.ts';
import { guardState } from './guard-state.ts';
import { QuoteTable } from './market/quote-table.ts';

/** Seoul time, whether new orders may go out in the regular session, and why. */
const moments = [
  ['2026-11-20T08:59:59', false, 'before an ordinary day opens'],
  ['2026-11-20T09:00:00', true, 'an ordinary day opens'],
  ['2026-11-20T15:30:00', false, 'an ordinary day has closed'],
  ['2026-11-19T09:30:00', false, 'exam day: the opening is an hour late'],
  ['2026-11-19T10:00:00', true, 'exam day opens'],
  ['2026-11-19T15:45:00', true, 'exam day: open while ordinary days are closed'],
  ['2026-11-19T16:30:00', false, 'exam day has closed'],
  ['2026-01-02T09:30:00', false, 'the first day of the year opens late'],
  ['2026-01-02T10:00:00', true, 'the first day of the year has opened'],
  ['2026-11-21T10:00:00', false, 'Saturday'],
  ['2026-12-25T10:00:00', false, 'Christmas'],
  ['2026-12-31T10:00:00', false, 'the last day of the year, closed by the exchange'],
  ['2049-03-02T10:00:00', false, 'a day that the calendar does not know is closed'],
] as const;

test('T26 new orders go out in the session of that day and at no other time; an unknown day is closed', () => {
  for (const [time, isOpen, why] of moments) {
    const clock = clockAt(time);
    const state = guardState(emptyDesk, {
      environment: 'paper',
      clock,
      quotes: new QuoteTable(clock),
      limits: starter,
      tradedValueAverage: () => null,
    });
    const session = state.session;
    const isInside = session !== null && state.nowMs >= session.opensAtMs && state.nowMs < session.closesAtMs;

    assert.equal(isInside, isOpen, `${time}: ${why}`);
  }
});

test('T26 a day with a late close is not over when an ordinary one would be', () => {
  const over = (time: string): boolean => {
    const now = clockAt(time).now();
    return isDayOver(dateNumber(now.toZonedDateTimeISO(seoul).toPlainDate()), now, []);
  };

  assert.equal(over('2026-11-20T15:32:00'), true);
  assert.equal(over('2026-11-19T15:32:00'), false);
  assert.equal(over('2026-11-19T16:32:00'), true);
  assert.equal(over('2049-03-02T16:32:00'), false, 'not known: only midnight ends it');
});

function clockAt(time: string): GatewayClock {
  const now = Temporal.PlainDateTime.from(time).toZonedDateTime(seoul).toInstant();
  return { now: () => now, elapsedMs: () => 0, speed: 1, isTrusted: true, observe: () => undefined };
}
