import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { BarSeries } from '#domain/bar.ts';
import { vouchWholeWon } from '#domain/whole-won.ts';
import { handSeries } from '../hand-bars.ts';
import { foreseenDays } from './foreseen-days.ts';

const all = handSeries(
  '005930',
  20_240_102,
  Array.from({ length: 60 }, () => [1_000, 1_010, 990, 1_000]),
);

/** So many days of the list from `first` on. */
interface Stretch {
  readonly first: number;
  readonly length: number;
}

/** Views on the columns of `all`, days and prices alike. */
function viewOf({ first, length }: Stretch): BarSeries {
  const part = <Column extends { subarray(from: number, to: number): Column }>(column: Column): Column =>
    column.subarray(first, first + length);
  return {
    ...all,
    date: part(all.date),
    startsAtMs: part(all.startsAtMs),
    open: part(all.open),
    high: part(all.high),
    low: part(all.low),
    close: part(all.close),
    volume: part(all.volume),
  };
}

/** The same days in memory of their own. */
function copyOf(series: BarSeries): BarSeries {
  return { ...series, date: series.date.slice(), startsAtMs: series.startsAtMs.slice() };
}

const stretches = fc
  .tuple(fc.nat({ max: 59 }), fc.nat({ max: 59 }))
  .map(([one, other]): Stretch => ({ first: Math.min(one, other), length: Math.abs(one - other) + 1 }));

test('foreseenDays() finds the same places for views on one list of days as for days in memory of their own', () => {
  const cases = fc.record({
    whole: stretches,
    parts: fc.array(fc.tuple(stretches, fc.nat({ max: 5 }), fc.nat({ max: 5 })), { minLength: 1, maxLength: 5 }),
    from: fc.constantFrom(0, 20_240_115),
  });
  fc.assert(
    fc.property(cases, ({ whole, parts, from }) => {
      const series = [viewOf(whole), ...parts.map(([stretch]) => viewOf(stretch))];
      const ranges = series.map(({ date }, index) => {
        const [, skipped = 0, left = 0] = parts[index - 1] ?? [];
        const start = Math.min(skipped, date.length);
        return { start, end: Math.max(start, date.length - left) };
      });
      const [views, copies] = [series, series.map(copyOf)].map((some) => foreseenDays(some, ranges, from));
      assert.deepEqual(views?.dates, copies?.dates);
      assert.deepEqual(views?.startsAtMs, copies?.startsAtMs);
      for (const [index, { start, end }] of ranges.entries()) {
        for (let row = start; row < end; row += 1) assert.equal(views?.dayOf(index, row), copies?.dayOf(index, row));
      }
    }),
    { numRuns: 500 },
  );
});

test('foreseenDays() is null for a price that is not whole won, and does not look through columns that are known', () => {
  const odd = { ...all, close: all.close.map((price) => price + 0.5) };
  const ranges = [{ start: 0, end: 60 }];
  assert.equal(foreseenDays([odd], ranges, 0), null);
  assert.notEqual(foreseenDays([{ ...all }], ranges, 0), null);
  vouchWholeWon(odd.close);
  assert.notEqual(foreseenDays([{ ...odd }], ranges, 0), null);
});
