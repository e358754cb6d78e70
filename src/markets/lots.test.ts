import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InstrumentKind, Market } from '#domain/instrument.ts';
import { lotSize } from './lots.ts';

for (const [market, kind, date, basePrice, lot] of [
  ['KOSPI', 'stock', '1990-01-03', 500_000, 10],
  ['KOSPI', 'stock', '2004-12-17', 100_000, 10],
  ['KOSPI', 'stock', '2004-12-20', 99_500, 10],
  ['KOSPI', 'stock', '2004-12-20', 100_000, 1],
  ['KOSPI', 'stock', '2006-05-30', 99_500, 10],
  ['KOSPI', 'stock', '2006-06-01', 49_950, 10],
  ['KOSPI', 'stock', '2006-06-01', 50_000, 1],
  ['KOSPI', 'stock', '2014-05-30', 49_950, 10],
  ['KOSPI', 'stock', '2014-06-02', 49_950, 1],
  ['KOSPI', 'etf', '2010-06-01', 20_000, 1],
  ['KOSDAQ', 'stock', '2001-06-01', 20_000, 1],
  ['KONEX', 'stock', '2014-11-14', 20_000, 100],
  ['KONEX', 'stock', '2014-11-17', 20_000, 1],
] as const satisfies readonly (readonly [Market, InstrumentKind, string, number, number])[]) {
  test(`M19 lotSize() of a ${market} ${kind} at ${basePrice} on ${date} is ${lot}`, () => {
    assert.equal(lotSize({ market, kind }, basePrice, Temporal.PlainDate.from(date)), lot);
  });
}

test('M19 lotSize() refuses a day before the market existed', () => {
  assert.throws(
    () => lotSize({ market: 'KONEX', kind: 'stock' }, 1000, Temporal.PlainDate.from('2013-06-28')),
    RangeError,
  );
});
