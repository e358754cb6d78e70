import assert from 'node:assert/strict';
import { test } from 'node:test';

import { backoffMs } from './backoff.ts';

test('backoffMs() doubles from one second and stops at thirty', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 50].map((failures) => backoffMs(failures, 1)),
    [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000],
  );
});

test('backoffMs() spreads each step over its upper half', () => {
  assert.equal(backoffMs(2, 0), 1_000);
  assert.equal(backoffMs(2, 0.5), 1_500);
});
