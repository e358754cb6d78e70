import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainPermits, type Permits } from '#guard/permits.ts';
import { sessionWindow } from './session-window.ts';

const seoul = (text: string): Temporal.Instant => Temporal.Instant.from(`${text}:00+09:00`);

test('N01 sessionWindow() is open from twenty minutes before the opening auction to thirty after the close', () => {
  assert.deepEqual(sessionWindow(seoul('2026-11-23T08:09')), { kind: 'closed', opensAt: seoul('2026-11-23T08:10') });
  assert.deepEqual(sessionWindow(seoul('2026-11-23T08:10')), { kind: 'open', closesAt: seoul('2026-11-23T16:00') });
  assert.equal(sessionWindow(seoul('2026-11-23T15:59')).kind, 'open');
  assert.deepEqual(sessionWindow(seoul('2026-11-23T16:00')), { kind: 'closed', opensAt: seoul('2026-11-24T08:10') });
});

test('T26 sessionWindow() follows holidays, weekends and the day of the exam', () => {
  // Friday evening, then a holiday in the middle of the week.
  assert.deepEqual(sessionWindow(seoul('2026-11-20T18:00')), { kind: 'closed', opensAt: seoul('2026-11-23T08:10') });
  assert.deepEqual(sessionWindow(seoul('2026-12-25T10:00')), { kind: 'closed', opensAt: seoul('2026-12-28T08:10') });
  // Everything of the exam day moves by an hour.
  assert.deepEqual(sessionWindow(seoul('2026-11-19T08:30')), { kind: 'closed', opensAt: seoul('2026-11-19T09:10') });
  assert.deepEqual(sessionWindow(seoul('2026-11-19T10:00')), { kind: 'open', closesAt: seoul('2026-11-19T17:00') });
});

test('T26 sessionWindow() of other venues and sessions is as wide as what is permitted', () => {
  const permits: Permits = {
    ...plainPermits,
    venues: new Set(['KRX', 'NXT']),
    sessions: new Set(['regular', 'pre-market', 'after-market']),
  };

  assert.deepEqual(sessionWindow(seoul('2026-11-23T07:45'), permits), {
    kind: 'open',
    closesAt: seoul('2026-11-23T20:30'),
  });
});

test('T26 sessionWindow() is closed on a day that the calendar does not know, with no promise', () => {
  assert.deepEqual(sessionWindow(seoul('2060-06-01T10:00')), { kind: 'closed', opensAt: null });
});
