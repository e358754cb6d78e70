import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { InstrumentKind, Market } from '#domain/instrument.ts';
import { isOnTick, roundToTick, tickSize, type TickSubject } from './tick-size.ts';

const kospi: TickSubject = { market: 'KOSPI', kind: 'stock' };
const kosdaq: TickSubject = { market: 'KOSDAQ', kind: 'stock' };
const konex: TickSubject = { market: 'KONEX', kind: 'stock' };
const etf: TickSubject = { market: 'KOSPI', kind: 'etf' };
const etn: TickSubject = { market: 'KOSPI', kind: 'etn' };

interface Era {
  readonly of: TickSubject;
  readonly first: string;
  readonly last: string;
  /** Lowest tick, then each bound with the tick from there on. */
  readonly lowest: number;
  readonly bounds: readonly (readonly [bound: number, tick: number])[];
}

/** The sheet's tables, written out a second time by hand: bound, and the tick at and above it. */
const eras: readonly Era[] = [
  { of: kospi, first: '1990-09-11', last: '1995-03-31', lowest: 10, bounds: [[10_000, 100]] },
  {
    of: kospi,
    first: '1995-04-01',
    last: '1998-03-20',
    lowest: 10,
    bounds: [
      [10_000, 100],
      [100_000, 500],
      [500_000, 1000],
    ],
  },
  {
    of: kospi,
    first: '1998-03-21',
    last: '2010-10-01',
    lowest: 5,
    bounds: [
      [5000, 10],
      [10_000, 50],
      [50_000, 100],
      [100_000, 500],
      [500_000, 1000],
    ],
  },
  {
    of: kospi,
    first: '2010-10-04',
    last: '2023-01-20',
    lowest: 1,
    bounds: [
      [1000, 5],
      [5000, 10],
      [10_000, 50],
      [50_000, 100],
      [100_000, 500],
      [500_000, 1000],
    ],
  },
  {
    of: kosdaq,
    first: '1996-07-01',
    last: '2003-07-18',
    lowest: 10,
    bounds: [
      [10_000, 100],
      [100_000, 500],
      [500_000, 1000],
    ],
  },
  {
    of: kosdaq,
    first: '2003-07-21',
    last: '2010-10-01',
    lowest: 5,
    bounds: [
      [5000, 10],
      [10_000, 50],
      [50_000, 100],
    ],
  },
  ...[kosdaq, konex].map((of) => ({
    of,
    first: of === kosdaq ? '2010-10-04' : '2013-07-01',
    last: '2023-01-24',
    lowest: 1,
    bounds: [
      [1000, 5],
      [5000, 10],
      [10_000, 50],
      [50_000, 100],
    ] as const,
  })),
  ...[kospi, kosdaq, konex].map((of) => ({
    of,
    first: '2023-01-25',
    last: '2026-11-20',
    lowest: 1,
    bounds: [
      [2000, 5],
      [5000, 10],
      [20_000, 50],
      [50_000, 100],
      [200_000, 500],
      [500_000, 1000],
    ] as const,
  })),
  { of: etf, first: '2002-10-14', last: '2023-12-17', lowest: 5, bounds: [] },
  { of: etf, first: '2023-12-18', last: '2026-11-20', lowest: 1, bounds: [[2000, 5]] },
  { of: etn, first: '2014-11-17', last: '2023-12-17', lowest: 5, bounds: [] },
  { of: etn, first: '2023-12-18', last: '2026-11-20', lowest: 1, bounds: [[2000, 5]] },
];

const subjects = fc.constantFrom<readonly [Market, InstrumentKind]>(
  ['KOSPI', 'stock'],
  ['KOSDAQ', 'stock'],
  ['KONEX', 'stock'],
  ['KOSPI', 'etf'],
  ['KOSPI', 'etn'],
);
const dates = fc.integer({ min: 0, max: 4383 }).map((days) => Temporal.PlainDate.from('2014-12-01').add({ days }));
const prices = fc.oneof(fc.integer({ min: 5, max: 3_000_000 }), fc.double({ min: 5, max: 3_000_000, noNaN: true }));

for (const { of, first, last, lowest, bounds } of eras) {
  test(`M1 tickSize() changes exactly at each bound: ${of.market} ${of.kind} from ${first} to ${last}`, () => {
    for (const date of [first, last].map((text) => Temporal.PlainDate.from(text))) {
      let below = lowest;
      for (const [bound, tick] of bounds) {
        assert.deepEqual(
          [-1, 0, 1].map((step) => tickSize(of, bound + step, date)),
          [below, tick, tick],
        );
        below = tick;
      }
      assert.equal(tickSize(of, 1, date), lowest);
      assert.equal(tickSize(of, 5_000_000, date), below);
    }
  });
}

test('M1 tickSize() refuses a price that is not above 0 and finite', () => {
  const date = Temporal.PlainDate.from('2026-11-20');

  for (const price of [0, -0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => tickSize(kospi, price, date), RangeError);
    assert.equal(isOnTick(kospi, price, date), false);
  }
});

test('M2 tickSize() refuses a day before the market or the kind existed', () => {
  assert.throws(() => tickSize(kosdaq, 1000, Temporal.PlainDate.from('1996-06-30')), RangeError);
  assert.throws(() => tickSize(konex, 1000, Temporal.PlainDate.from('2013-06-30')), RangeError);
  assert.throws(() => tickSize(etf, 1000, Temporal.PlainDate.from('2002-10-13')), RangeError);
  assert.throws(() => tickSize(etn, 1000, Temporal.PlainDate.from('2014-11-16')), RangeError);
});

test('M3 isOnTick() refuses prices between two ticks and fractions of a won', () => {
  const date = Temporal.PlainDate.from('2026-11-20');

  assert.equal(isOnTick(kospi, 70_000, date), true);
  assert.equal(isOnTick(kospi, 70_050, date), false);
  assert.equal(isOnTick(kospi, 199_900, date), true);
  assert.equal(isOnTick(kospi, 200_100, date), false);
  assert.equal(isOnTick(kospi, 1999.5, date), false);
});

test('M4 roundToTick() lands on a legal price across a bound', () => {
  const date = Temporal.PlainDate.from('2026-11-20');

  assert.equal(roundToTick(kospi, 199_950, date, 'up'), 200_000);
  assert.equal(roundToTick(kospi, 200_001, date, 'up'), 200_500);
  assert.equal(roundToTick(kospi, 200_499, date, 'down'), 200_000);
  assert.equal(roundToTick(kospi, 1999.2, date, 'up'), 2000);
  assert.equal(roundToTick(kospi, 0.5, date, 'up'), 1);
  assert.throws(() => roundToTick(kospi, 0.5, date, 'down'), RangeError);
});

test('M4 roundToTick() gives the nearest legal price on its side, for any price and day', () => {
  fc.assert(
    fc.property(subjects, dates, prices, ([market, kind], date, price) => {
      const of = { market, kind };

      const down = roundToTick(of, price, date, 'down');
      const up = roundToTick(of, price, date, 'up');

      assert.ok(isOnTick(of, down, date) && isOnTick(of, up, date));
      assert.ok(down <= price && price <= up);
      assert.equal(up - down, isOnTick(of, price, date) ? 0 : tickSize(of, price, date));
    }),
    { numRuns: 500 },
  );
});
