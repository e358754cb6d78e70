import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCount, isPositive, isWhole } from './whole-number.ts';

test('isWhole(), isCount() and isPositive() take safe integers from anywhere, from 0 and from 1 on', () => {
  const values = [-1, 0, 1, 2 ** 53 - 1];

  assert.deepEqual(values.map(isWhole), [true, true, true, true]);
  assert.deepEqual(values.map(isCount), [false, true, true, true]);
  assert.deepEqual(values.map(isPositive), [false, false, true, true]);
  for (const none of [-0, 0.5, Number.NaN, Infinity, 2 ** 53, '1', 1n, null, undefined]) {
    assert.deepEqual([isWhole(none), isCount(none), isPositive(none)], [false, false, false], String(none));
  }
});
