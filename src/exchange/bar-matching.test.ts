import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { OrderSide } from '#domain/order.ts';
import { won } from '#domain/won.ts';
import { fillableQuantity, matchAtBar } from './bar-matching.ts';

const bar = { open: 1000, high: 1050, low: 950, close: 1010, volume: 100 };

function priceFor(side: OrderSide, price: number, sinceOpen = true): number | null {
  return matchAtBar({ side, price: won(price) }, bar, sinceOpen);
}

for (const [side, price, expected] of [
  ['buy', 1100, 1000],
  ['buy', 1001, 1000],
  ['buy', 1000, 1000],
  ['buy', 999, 999],
  ['buy', 950, 950],
  ['buy', 949, null],
  ['sell', 900, 1000],
  ['sell', 999, 1000],
  ['sell', 1000, 1000],
  ['sell', 1001, 1001],
  ['sell', 1050, 1050],
  ['sell', 1051, null],
] as const) {
  test(`M30 matchAtBar() fills a ${side} at ${price}, resting since before the open of 1000, at ${expected}`, () => {
    assert.equal(priceFor(side, price), expected);
  });
}

for (const [side, price, expected] of [
  ['buy', 1100, 1100],
  ['buy', 950, 950],
  ['buy', 949, null],
  ['sell', 900, 900],
  ['sell', 1050, 1050],
  ['sell', 1051, null],
] as const) {
  test(`M30 matchAtBar() does not give the open to a ${side} at ${price} that came later`, () => {
    assert.equal(priceFor(side, price, false), expected);
  });
}

test('M30 matchAtBar() fills nothing on a bar without volume', () => {
  const halted = { open: 1000, high: 1000, low: 1000, close: 1000, volume: 0 };

  assert.equal(matchAtBar({ side: 'buy', price: won(1000) }, halted, true), null);
  assert.equal(matchAtBar({ side: 'sell', price: won(1000) }, halted, false), null);
});

test('M30 matchAtBar() never fills worse than the limit, nor outside the bar for an order there since the open', () => {
  const prices = fc.tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 1, max: 100 })));
  const sides = fc.constantFrom<OrderSide>('buy', 'sell');
  fc.assert(
    fc.property(prices, sides, fc.integer({ min: 1, max: 100 }), ([a = 1, b = 1, c = 1, d = 1], side, price) => {
      const any = { open: a, high: Math.max(a, b, c, d), low: Math.min(a, b, c, d), close: b, volume: 1 };

      const filled = matchAtBar({ side, price: won(price) }, any, true);

      const isReached = side === 'buy' ? any.low <= price : any.high >= price;
      assert.equal(filled !== null, isReached);
      if (filled === null) return;
      assert.ok(side === 'buy' ? filled <= price : filled >= price);
      assert.ok(filled >= any.low && filled <= any.high);
    }),
  );
});

for (const [volume, bps, wanted, expected] of [
  [1000, 1000, 500, 100],
  [1000, 1000, 50, 50],
  [1009, 1000, 500, 100],
  [999, 10, 500, 0],
  [0, 10_000, 5, 0],
  [1000, 0, 5, 0],
  [1000, 10_000, 5000, 1000],
  [3_000_000_000, 2500, 1_000_000_000, 750_000_000],
] as const) {
  test(`M31 fillableQuantity() of ${wanted} from ${bps} bps of ${volume} shares is ${expected}`, () => {
    assert.equal(fillableQuantity(volume, bps, wanted), expected);
  });
}
