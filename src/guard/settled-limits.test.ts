import assert from 'node:assert/strict';
import { test } from 'node:test';
import { starter, type Limits } from './limits.ts';
import { brokenLimits, settledLimits } from './settled-limits.ts';

test('settledLimits() gives a frozen copy that counts as whole, whatever becomes of what it was made from', () => {
  const given: { -readonly [Name in keyof Limits]: Limits[Name] } = { ...starter };
  const limits = settledLimits(given);
  given.ordersPerDayMax = NaN;
  assert.deepEqual(limits, starter);
  assert.equal(Object.isFrozen(limits), true);
  assert.equal(brokenLimits(limits), 0);
  assert.equal(brokenLimits(given), 1);
});

test('brokenLimits() counts what is missing in a settled copy as in any other', () => {
  const one = settledLimits({ ...starter, dailyLossMax: NaN } as unknown as Limits);
  assert.equal(brokenLimits(one), 1);
  const missing = settledLimits({ ...starter, orderValueMax: undefined, priceCollarBps: -1 } as unknown as Limits);
  assert.equal(brokenLimits(missing), 2);
  assert.equal(brokenLimits({ ...missing }), 2);
});
