import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sma, StreamingSma } from './sma.ts';

test('sma() is the mean of the window and NaN before it is full', () => {
  const output = new Float64Array(5);

  sma(Float64Array.of(10, 20, 60, 40, 50), 3, output);

  assert.deepEqual(output, Float64Array.of(NaN, NaN, 30, 40, 50));
});

test('sma() of nothing is nothing, and of one bar under a longer period NaN', () => {
  const [none, one] = [new Float64Array(0), new Float64Array(1)];

  sma(none, 3, none.slice());
  sma(Float64Array.of(70_000), 3, one);

  assert.deepEqual(one, Float64Array.of(NaN));
});

test('sma() of constant prices is that price', () => {
  const output = new Float64Array(4);

  sma(Float64Array.of(71_300, 71_300, 71_300, 71_300), 3, output);

  assert.deepEqual(output, Float64Array.of(NaN, NaN, 71_300, 71_300));
});

test('sma() refuses a period that is not a whole number of one or more, and columns of different lengths', () => {
  const values = Float64Array.of(1, 2, 3);

  for (const period of [0, -1, 1.5, NaN, Infinity]) {
    assert.throws(() => sma(values, period, new Float64Array(3)), RangeError);
    assert.throws(() => new StreamingSma(period), RangeError);
  }
  assert.throws(() => sma(values, 2, new Float64Array(2)), /output of 2 values, wanted 3/);
});
