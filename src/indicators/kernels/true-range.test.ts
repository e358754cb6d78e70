import assert from 'node:assert/strict';
import { test } from 'node:test';
import { averageTrueRange, StreamingAverageTrueRange } from './average-true-range.ts';
import { trueRange } from './true-range.ts';

test('trueRange() takes in the gap from the close before', () => {
  assert.equal(trueRange(110, 100, 105), 10);
  assert.equal(trueRange(110, 100, 90), 20);
  assert.equal(trueRange(110, 100, 130), 30);
});

test('trueRange() of the first bar is high less low', () => {
  assert.equal(trueRange(110, 100, NaN), 10);
});

test('averageTrueRange() is the mean of the last true ranges', () => {
  const bars = {
    high: Float64Array.of(110, 120, 118),
    low: Float64Array.of(100, 112, 108),
    close: Float64Array.of(105, 115, 110),
  };
  const output = new Float64Array(3);

  averageTrueRange(bars, 2, output);

  // Ranges 10, 15 (the gap from 105 to 120) and 10.
  assert.deepEqual(output, Float64Array.of(NaN, 12.5, 12.5));
});

test('averageTrueRange() is 0 when the price stands still', () => {
  const stream = new StreamingAverageTrueRange(2);
  const bar = { high: 500, low: 500, close: 500 };

  assert.ok(Number.isNaN(stream.next(bar)));
  assert.equal(stream.next(bar), 0);
});
