import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { shareOf } from './basis-points.ts';

test('shareOf() is exact and rounds down, for a debt too', () => {
  assert.deepEqual(
    [shareOf(9_999, 10_000), shareOf(10_000, 1), shareOf(9_999, 1), shareOf(-1, 1), shareOf(-10_000, 300)],
    [9_999, 1, 0, -1, -300],
  );
  assert.ok(Number.isNaN(shareOf(Number.NaN, 1)));
});

test('shareOf() says what whole numbers of any size say', () => {
  const amount = fc.maxSafeInteger();
  const bps = fc.integer({ min: 0, max: 10_000 });

  fc.assert(
    fc.property(amount, bps, (of, share) => {
      const product = BigInt(of) * BigInt(share);
      const isBelowZero = product < 0n && product % 10_000n !== 0n;

      assert.equal(BigInt(shareOf(of, share)), product / 10_000n - (isBelowZero ? 1n : 0n));
    }),
    { numRuns: 500 },
  );
});
