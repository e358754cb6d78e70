import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OrderBurst } from './order-burst.ts';

test('OrderBurst notices the sixth buy in ten seconds, not the fifth', () => {
  const burst = new OrderBurst();

  const found = [0, 1, 2, 3, 9_999, 9_999].map((nowMs) => burst.isBurst(nowMs));

  assert.deepEqual(found, [false, false, false, false, false, true]);
});

test('OrderBurst forgets what is ten seconds old', () => {
  const burst = new OrderBurst();

  const found = [0, 0, 0, 0, 0, 10_000].map((nowMs) => burst.isBurst(nowMs));

  assert.equal(found.at(-1), false);
});
