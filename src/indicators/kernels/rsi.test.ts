import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { rsi, StreamingRsi } from './rsi.ts';

test('rsi() smooths rises and falls as Wilder did', () => {
  const output = new Float64Array(5);

  rsi(Float64Array.of(100, 110, 105, 115, 95), 2, output);

  // Changes +10 -5 +10 -20. First averages 5 and 2.5: 66.67. Then (5+10)/2 = 7.5 and 2.5/2 = 1.25: 85.71.
  // Then 3.75 and (1.25+20)/2 = 10.625: 100 × 3.75 / 14.375.
  assert.deepEqual(output.subarray(0, 2), Float64Array.of(NaN, NaN));
  assert.equal(output[2], 500 / 7.5);
  assert.equal(output[3], 750 / 8.75);
  assert.equal(output[4], 375 / 14.375);
});

test('rsi() is 100 when nothing fell, flat prices included, and 0 when nothing rose', () => {
  const [flat, falling] = [new Float64Array(4), new Float64Array(4)];

  rsi(Float64Array.of(500, 500, 500, 500), 2, flat);
  rsi(Float64Array.of(500, 400, 300, 200), 2, falling);

  assert.deepEqual(flat, Float64Array.of(NaN, NaN, 100, 100));
  assert.deepEqual(falling, Float64Array.of(NaN, NaN, 0, 0));
});

test('rsi() of nothing is nothing, and of one bar NaN', () => {
  const [none, one] = [new Float64Array(0), new Float64Array(1)];

  rsi(new Float64Array(0), 14, none);
  rsi(Float64Array.of(70_000), 14, one);

  assert.equal(none.length, 0);
  assert.deepEqual(one, Float64Array.of(NaN));
});

test('rsi() stays from 0 to 100 whatever the prices do', () => {
  const prices = fc.array(fc.integer({ min: 1, max: 4_000_000 }), { minLength: 3, maxLength: 60 });
  fc.assert(
    fc.property(prices, (list) => {
      const stream = new StreamingRsi(2);

      const values = list.map((price) => stream.next(price)).slice(2);

      assert.ok(values.every((value) => value >= 0 && value <= 100));
    }),
  );
});

test('rsi() refuses a period of one', () => {
  assert.throws(() => rsi(new Float64Array(3), 1, new Float64Array(3)), RangeError);
});
