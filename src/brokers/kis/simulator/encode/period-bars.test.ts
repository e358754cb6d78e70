import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { barsByPeriod, boundedFrom, periodOf } from './period-bars.ts';

const day = (date: number, price: number) => ({
  date,
  open: price,
  high: price + 5,
  low: price - 5,
  close: price,
  volume: 10,
});

describe('barsByPeriod()', () => {
  const days = [day(20_261_230, 100), day(20_270_104, 90), day(20_270_105, 120), day(20_270_201, 110)];
  const merge = (code: 'W' | 'M' | 'Y') => barsByPeriod(days, code, (bar, next) => ({ ...bar, close: next.close }));

  it('opens with the first day, closes with the last, and reaches what any of them reached', () => {
    assert.deepEqual(merge('Y'), [
      day(20_261_230, 100),
      { date: 20_270_104, open: 90, high: 125, low: 85, close: 110, volume: 30 },
    ]);
  });

  it('parts weeks and months where the calendar does', () => {
    assert.deepEqual(
      merge('W').map(({ date }) => date),
      [20_261_230, 20_270_104, 20_270_201],
    );
    assert.deepEqual(
      merge('M').map(({ date }) => date),
      [20_261_230, 20_270_104, 20_270_201],
    );
  });
});

describe('boundedFrom()', () => {
  it('looks no further back than a page of rows can show', () => {
    const to = Temporal.PlainDate.from('2026-11-23');
    assert.equal(boundedFrom(Temporal.PlainDate.from('1900-01-01'), to, 'D').toString(), '2025-11-23');
    assert.equal(boundedFrom(Temporal.PlainDate.from('2026-11-01'), to, 'D').toString(), '2026-11-01');
    assert.equal(periodOf('X'), null);
  });
});
