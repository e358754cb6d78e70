import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bollinger, StreamingBollinger } from './bollinger.ts';

test('bollinger() divides by n, not by n - 1', () => {
  const bands = { upper: new Float64Array(4), middle: new Float64Array(4), lower: new Float64Array(4) };

  bollinger(Float64Array.of(2, 4, 4, 6), 4, 2, bands);

  // Mean 4, squared distances 4 + 0 + 0 + 4, deviation √2.
  assert.equal(bands.middle[3], 4);
  assert.equal(bands.upper[3], 4 + 2 * (Math.sqrt(32) / 4));
  assert.equal(bands.lower[3], 4 - 2 * (Math.sqrt(32) / 4));
  assert.ok(Number.isNaN(bands.upper[2]));
});

test('bollinger() of constant prices has no width at all', () => {
  const stream = new StreamingBollinger(3, 2);

  for (const price of [4_000_000, 4_000_000, 4_000_000, 4_000_000]) stream.next(price);

  assert.deepEqual([stream.upper, stream.lower], [4_000_000, 4_000_000]);
});

test('bollinger() of nothing is nothing, and of one bar NaN', () => {
  const stream = new StreamingBollinger(20, 2);

  assert.ok(Number.isNaN(stream.next(70_000)));
  assert.ok(Number.isNaN(stream.upper) && Number.isNaN(stream.lower));
});
