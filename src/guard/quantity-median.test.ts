import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sumOfMiddleTwo } from './quantity-median.ts';

test('G52 sumOfMiddleTwo() is twice the median whatever the order, and unknown for too few or with a number missing', () => {
  assert.equal(sumOfMiddleTwo([10, 1, 3, 2]), 5);
  assert.equal(sumOfMiddleTwo([4, 4]), 8);
  for (const none of [[], [1], [1, 2, 3], [1, Number.NaN], [1, 2, 3, Number.NaN]]) {
    assert.ok(Number.isNaN(sumOfMiddleTwo(none)), String(none));
  }
});
