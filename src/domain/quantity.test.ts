import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantity } from './quantity.ts';

test('quantity() refuses negatives, fractions, NaN and anything past 2^53', () => {
  for (const value of [-1, 0.5, NaN, Infinity, 2 ** 53]) assert.throws(() => quantity(value), RangeError);
});

test('quantity() accepts zero and turns minus zero into it', () => {
  assert.ok(Object.is(quantity(-0), 0));
});
