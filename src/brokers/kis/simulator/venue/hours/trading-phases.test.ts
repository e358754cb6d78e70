import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { tradingPhases } from './trading-phases.ts';

describe('tradingPhases()', () => {
  const times = (date: string, room: 'krx' | 'offHours' | 'nxt'): string[] => {
    const clock = (at: Temporal.Instant): string => at.toZonedDateTimeISO('Asia/Seoul').toPlainTime().toString();
    const phases = tradingPhases(Temporal.PlainDate.from(date), 'clock');
    return phases[room]
      .filter(({ session }) => session !== 'closed')
      .map(({ session, from, to }) => `${session} ${clock(from)}-${clock(to)}`);
  };

  it('has three books a day: KRX, its trading at the close, and NXT', () => {
    assert.deepEqual(times('2026-11-20', 'krx').at(-1), 'after-market 16:00:00-20:00:00');
    assert.deepEqual(times('2026-11-20', 'offHours'), [
      'pre-hours-close 08:30:00-08:40:00',
      'after-hours-close 15:30:00-15:40:00',
      'after-hours-close 15:40:00-16:00:00',
    ]);
    assert.deepEqual(times('2026-11-20', 'nxt'), [
      'pre-market 08:00:00-08:50:00',
      'continuous 09:00:30-15:20:00',
      'after-market 15:30:00-15:40:00',
      'after-market 15:40:00-20:00:00',
    ]);
  });

  it('prints single prices twelve times an evening until 2026-09-11, and moves with an exam day', () => {
    const singles = times('2026-09-11', 'offHours').filter((line) => line.startsWith('after-hours-single'));
    assert.deepEqual([singles.length, singles.at(-1)], [12, 'after-hours-single 17:50:00-18:00:00']);
    assert.equal(times('2026-09-14', 'offHours').length, 3);
    assert.deepEqual(times('2026-11-19', 'nxt').at(0), 'continuous 10:00:30-16:20:00');
    assert.deepEqual(times('2026-11-19', 'offHours').at(0), 'pre-hours-close 09:30:00-09:40:00');
    assert.deepEqual(times('2025-03-03', 'nxt'), []);
  });
});
