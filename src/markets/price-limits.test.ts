import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Market } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { priceLimits, type PriceLimitSubject } from './price-limits.ts';
import { isOnTick, tickSize } from './tick-size.ts';

const kospi: PriceLimitSubject = { market: 'KOSPI', kind: 'stock', leverage: 1 };
const kosdaq: PriceLimitSubject = { market: 'KOSDAQ', kind: 'stock', leverage: 1 };
const konex: PriceLimitSubject = { market: 'KONEX', kind: 'stock', leverage: 1 };

function limitsOn(date: string, base: number, of: PriceLimitSubject = kospi): { lower: number; upper: number } {
  return priceLimits(of, won(base), Temporal.PlainDate.from(date));
}

/** Tells eras apart at a base on which every rate leaves a whole number of ticks. */
function upperPercent(date: string, of: PriceLimitSubject): number {
  return (limitsOn(date, 1_000_000, of).upper - 1_000_000) / 10_000;
}

for (const [date, base, lower, upper] of [
  // Real responses of a broker: widths 22,900 and 38,500.
  ['2022-06-02', 76_500, 53_600, 99_400],
  ['2022-06-02', 128_500, 90_000, 167_000],
  // Days of 2023-12 to 2025-06 whose lows tell the formulas apart.
  ['2024-06-03', 24_400, 17_100, 31_700],
  ['2024-06-03', 2015, 1415, 2615],
  // The upper limit falls into a zone with a coarser tick and is cut off there.
  ['2026-11-20', 170_000, 119_000, 221_000],
  ['2026-11-20', 16_330, 11_440, 21_200],
  ['2026-11-20', 1999, 1400, 2595],
] as const) {
  test(`M6 priceLimits() of ${base} on ${date} are ${lower} and ${upper}`, () => {
    assert.deepEqual(limitsOn(date, base), { lower, upper });
  });
}

test('M5 priceLimits() takes the rate of the day on KOSPI', () => {
  const eras = [
    ['1995-03-31', 4.6],
    ['1995-04-01', 6],
    ['1996-11-22', 6],
    ['1996-11-25', 8],
    ['1998-02-28', 8],
    ['1998-03-02', 12],
    ['1998-12-05', 12],
    ['1998-12-07', 15],
    ['2015-06-12', 15],
    ['2015-06-15', 30],
    ['2026-11-20', 30],
  ] as const;

  assert.deepEqual(
    eras.map(([date]) => [date, upperPercent(date, kospi)]),
    eras,
  );
});

test('M5 priceLimits() takes the rate of the day on KOSDAQ and KONEX', () => {
  const eras = [
    ['1996-11-25', kosdaq, 8],
    ['1998-05-23', kosdaq, 8],
    ['1998-05-25', kosdaq, 12],
    ['2005-03-25', kosdaq, 12],
    ['2005-03-28', kosdaq, 15],
    ['2015-06-12', kosdaq, 15],
    ['2015-06-15', kosdaq, 30],
    ['2013-07-01', konex, 15],
    ['2026-11-20', konex, 15],
  ] as const;

  assert.deepEqual(
    eras.map(([date, of]) => [date, of, upperPercent(date, of)]),
    eras,
  );
  assert.throws(() => limitsOn('1996-06-30', 10_000, kosdaq), RangeError);
});

test('M7 priceLimits() gives a fund its leverage in room, and a stock none', () => {
  const doubled: PriceLimitSubject = { market: 'KOSPI', kind: 'etf', leverage: 2 };

  assert.deepEqual(limitsOn('2026-11-20', 10_000, doubled), { lower: 4000, upper: 16_000 });
  assert.deepEqual(limitsOn('2011-08-09', 10_000, doubled), { lower: 7000, upper: 13_000 });
  assert.deepEqual(limitsOn('2026-11-20', 10_000, { ...doubled, kind: 'stock' }), { lower: 7000, upper: 13_000 });
  assert.deepEqual(limitsOn('2026-11-20', 10_000, { ...doubled, leverage: 0.5 }), { lower: 7000, upper: 13_000 });
});

test('M6 priceLimits() leaves one tick where the rate leaves nothing, and never a price of 0', () => {
  assert.deepEqual(limitsOn('2026-11-20', 3), { lower: 2, upper: 4 });
  assert.deepEqual(limitsOn('2026-11-20', 1), { lower: 1, upper: 2 });
});

test('M6 priceLimits() of a base between two ticks are legal and inside the rate', () => {
  assert.deepEqual(limitsOn('2026-11-20', 20_025), { lower: 14_030, upper: 26_000 });
});

test('M6 priceLimits() refuses a base of 0 or less', () => {
  assert.throws(() => limitsOn('2026-11-20', 0), RangeError);
  assert.throws(() => limitsOn('2026-11-20', -1000), RangeError);
});

test('M6 priceLimits() are on tick, inside 30 % and within a tick of it, for any base', () => {
  const markets = fc.constantFrom<Market>('KOSPI', 'KOSDAQ');
  const dates = fc.integer({ min: 0, max: 4100 }).map((days) => Temporal.PlainDate.from('2015-06-15').add({ days }));
  fc.assert(
    fc.property(markets, dates, fc.integer({ min: 10, max: 2_000_000 }), (market, date, base) => {
      const of: PriceLimitSubject = { market, kind: 'stock', leverage: 1 };

      const { lower, upper } = priceLimits(of, won(base), date);

      assert.ok(isOnTick(of, lower, date) && isOnTick(of, upper, date));
      assert.ok(lower * 10 >= base * 7 && upper * 10 <= base * 13);
      const tick = tickSize(of, base, date);
      assert.ok(lower * 10 < base * 7 + 20 * tick);
      assert.ok(upper * 10 > base * 13 - 10 * (tick + tickSize(of, upper, date)));
    }),
    { numRuns: 500 },
  );
});
