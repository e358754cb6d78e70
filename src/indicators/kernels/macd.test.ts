import assert from 'node:assert/strict';
import { test } from 'node:test';
import { macd, StreamingMacd } from './macd.ts';

test('macd() starts its signal with the mean of the first values of the line', () => {
  const output = { line: new Float64Array(4), signal: new Float64Array(4), histogram: new Float64Array(4) };

  macd(Float64Array.of(10, 20, 40, 80), { fast: 1, slow: 2, signal: 2 }, output);

  // Slow averages: 15, then 15 + 25 × 2/3, then on; the line is the price less that.
  const slow = [15, 15 + (40 - 15) * (2 / 3)];
  assert.deepEqual(output.line.subarray(0, 3), Float64Array.of(NaN, 20 - 15, 40 - (slow[1] ?? NaN)));
  assert.ok(Number.isNaN(output.signal[1]));
  assert.equal(output.signal[2], (20 - 15 + (40 - (slow[1] ?? NaN))) / 2);
});

test('macd() of constant prices is 0, and of too few NaN', () => {
  const flat = new StreamingMacd({ fast: 2, slow: 3, signal: 2 });
  const values = [500, 500, 500, 500].map((price) => flat.next(price));

  assert.deepEqual(values, [NaN, NaN, 0, 0]);
  assert.deepEqual([flat.signal, flat.histogram], [0, 0]);
});

test('macd() refuses a fast period that is not below the slow one', () => {
  assert.throws(() => new StreamingMacd({ fast: 26, slow: 26, signal: 9 }), /wanted less than the slow 26/);
});
