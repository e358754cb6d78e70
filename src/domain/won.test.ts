import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { addWon, orderValue, portionOfWon, subtractWon, won } from './won.ts';

test('won() refuses fractions, NaN, infinities and anything past 2^53', () => {
  for (const value of [0.5, NaN, Infinity, -Infinity, 2 ** 53]) assert.throws(() => won(value), RangeError);
});

test('won() turns minus zero into zero', () => {
  assert.ok(Object.is(won(-0), 0));
});

test('orderValue() refuses a product that is no longer exact', () => {
  assert.throws(() => orderValue(won(9_007_199_254_740_991), 2), RangeError);
});

test('addWon() of nothing is zero and subtractWon() undoes it', () => {
  assert.equal(addWon(), 0);
  assert.equal(subtractWon(addWon(won(3), won(4)), won(4)), 3);
});

test('portionOfWon() cuts off toward zero, for debts too', () => {
  assert.equal(portionOfWon(won(1_000_000), 140_527), 140);
  assert.equal(portionOfWon(won(-1_000_000), 140_527), -140);
});

test('portionOfWon() equals exact integer arithmetic for every amount', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.nat({ max: 1_000_000_000 }), (amount, rate) => {
      const exact = (BigInt(amount) * BigInt(rate)) / 1_000_000_000n;

      assert.equal(BigInt(portionOfWon(won(amount), rate)), exact);
    }),
  );
});

test('portionOfWon() refuses a rate that is not in whole parts per billion', () => {
  for (const rate of [-1, 0.5, NaN]) assert.throws(() => portionOfWon(won(1), rate), RangeError);
});
