import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allPermits } from '../../tests/support/guard-makers.ts';
import { plainPermits, tightenPermits } from './permits.ts';

test('G39 tightenPermits() narrows the sets that the change names, keeps the others, and widens none', () => {
  assert.deepEqual(tightenPermits(allPermits, {}), allPermits);
  assert.deepEqual(tightenPermits(allPermits, plainPermits), plainPermits);
  assert.deepEqual(tightenPermits(plainPermits, allPermits), plainPermits);
  assert.deepEqual(tightenPermits(plainPermits, { types: new Set(['market']) }).types, new Set());
});
