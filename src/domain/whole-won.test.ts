import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWholeWon, vouchWholeWon } from './whole-won.ts';

test('isWholeWon() looks at every number of the stretch, and at none of a column that was vouched for', () => {
  const column = Float64Array.of(1_000, 0.5, 2 ** 53, 70_000);
  assert.equal(isWholeWon(column, 0, 4), false);
  assert.equal(isWholeWon(column, 0, 1), true);
  assert.equal(isWholeWon(column, 2, 4), false);
  assert.equal(isWholeWon(column, 3, 4), true);
  vouchWholeWon(column);
  assert.equal(isWholeWon(column, 0, 4), true);
  assert.equal(isWholeWon(column.slice(), 0, 4), false);
});
