import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ema, StreamingEma } from './ema.ts';

test('ema() starts with the mean of the first window and then moves 2/(period+1) of the way', () => {
  const output = new Float64Array(5);

  ema(Float64Array.of(10, 20, 30, 40, 20), 3, output);

  // Mean of 10, 20, 30 is 20; then 20 + (40 - 20) / 2 = 30; then 30 + (20 - 30) / 2 = 25.
  assert.deepEqual(output, Float64Array.of(NaN, NaN, 20, 30, 25));
});

test('ema() may write over its input', () => {
  const values = Float64Array.of(10, 20, 30, 40, 20);

  ema(values, 3, values);

  assert.deepEqual(values, Float64Array.of(NaN, NaN, 20, 30, 25));
});

test('ema() of fewer values than the period is NaN throughout, and of constant prices that price', () => {
  const [short, flat] = [new Float64Array(2), new Float64Array(3)];

  ema(Float64Array.of(1, 2), 3, short);
  ema(Float64Array.of(500, 500, 500), 2, flat);

  assert.deepEqual(short, Float64Array.of(NaN, NaN));
  assert.deepEqual(flat, Float64Array.of(NaN, 500, 500));
});

test('ema() refuses a period of zero', () => {
  assert.throws(() => ema(new Float64Array(1), 0, new Float64Array(1)), RangeError);
  assert.throws(() => new StreamingEma(0), RangeError);
});
