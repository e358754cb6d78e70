import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { averageTrueRange, StreamingAverageTrueRange } from './average-true-range.ts';
import { bollinger, StreamingBollinger } from './bollinger.ts';
import { ema, StreamingEma } from './ema.ts';
import { macd, StreamingMacd } from './macd.ts';
import { rsi, StreamingRsi } from './rsi.ts';
import { sma, StreamingSma } from './sma.ts';

const wonPrices = fc.array(fc.integer({ min: 1, max: 4_000_000 }), { maxLength: 120 });
const fractions = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 120 });
const period = fc.integer({ min: 2, max: 20 });

/** Bit for bit: `assert.deepEqual` of typed arrays compares NaN with NaN and tells 0 from -0 under strict rules. */
function assertSame(column: Float64Array, stream: readonly number[]): void {
  assert.deepEqual(column, Float64Array.from(stream));
}

function columnLike(values: Float64Array): Float64Array {
  return new Float64Array(values.length).fill(-1);
}

test('sma(), ema() and rsi() agree with their streaming twins to the last bit', () => {
  fc.assert(
    fc.property(fc.oneof(wonPrices, fractions), period, (list, window) => {
      const values = Float64Array.from(list);
      const [simple, exponential, strength] = [columnLike(values), columnLike(values), columnLike(values)];

      sma(values, window, simple);
      ema(values, window, exponential);
      rsi(values, window, strength);

      const [nextSma, nextEma, nextRsi] = [
        new StreamingSma(window),
        new StreamingEma(window),
        new StreamingRsi(window),
      ];
      assertSame(
        simple,
        list.map((value) => nextSma.next(value)),
      );
      assertSame(
        exponential,
        list.map((value) => nextEma.next(value)),
      );
      assertSame(
        strength,
        list.map((value) => nextRsi.next(value)),
      );
    }),
  );
});

test('bollinger() agrees with its streaming twin to the last bit', () => {
  fc.assert(
    fc.property(fc.oneof(wonPrices, fractions), period, (list, window) => {
      const values = Float64Array.from(list);
      const bands = { upper: columnLike(values), middle: columnLike(values), lower: columnLike(values) };

      bollinger(values, window, 2, bands);

      const stream = new StreamingBollinger(window, 2);
      const readings = list.map((value) => [stream.next(value), stream.upper, stream.lower] as const);
      assertSame(
        bands.middle,
        readings.map(([middle]) => middle),
      );
      assertSame(
        bands.upper,
        readings.map(([, upper]) => upper),
      );
      assertSame(
        bands.lower,
        readings.map(([, , lower]) => lower),
      );
    }),
  );
});

test('macd() agrees with its streaming twin to the last bit', () => {
  fc.assert(
    fc.property(wonPrices, period, period, period, (list, fast, wider, signal) => {
      const values = Float64Array.from(list);
      const periods = { fast, slow: fast + wider, signal };
      const output = { line: columnLike(values), signal: columnLike(values), histogram: columnLike(values) };

      macd(values, periods, output);

      const stream = new StreamingMacd(periods);
      const readings = list.map((value) => [stream.next(value), stream.signal, stream.histogram] as const);
      assertSame(
        output.line,
        readings.map(([line]) => line),
      );
      assertSame(
        output.signal,
        readings.map(([, average]) => average),
      );
      assertSame(
        output.histogram,
        readings.map(([, , histogram]) => histogram),
      );
    }),
  );
});

test('averageTrueRange() agrees with its streaming twin to the last bit', () => {
  const bars = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 90_000 }), fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 })),
    { maxLength: 120 },
  );
  fc.assert(
    fc.property(bars, period, (list, window) => {
      const rows = list.map(([low, body, wick]) => ({ low, close: low + body, high: low + body + wick }));
      const columns = {
        high: Float64Array.from(rows, (row) => row.high),
        low: Float64Array.from(rows, (row) => row.low),
        close: Float64Array.from(rows, (row) => row.close),
      };
      const output = columnLike(columns.high);

      averageTrueRange(columns, window, output);

      const stream = new StreamingAverageTrueRange(window);
      assertSame(
        output,
        rows.map((row) => stream.next(row)),
      );
    }),
  );
});

test('sma() and bollinger() over whole-won prices equal a fresh computation of every window to the last bit', () => {
  fc.assert(
    fc.property(wonPrices, period, (list, window) => {
      const values = Float64Array.from(list);
      const average = columnLike(values);
      const bands = { upper: columnLike(values), middle: columnLike(values), lower: columnLike(values) };

      sma(values, window, average);
      bollinger(values, window, 2, bands);

      for (let index = window - 1; index < list.length; index += 1) {
        const part = list.slice(index - window + 1, index + 1);
        const sum = part.reduce((total, value) => total + BigInt(value), 0n);
        const squares = part.reduce((total, value) => total + BigInt(value) ** 2n, 0n);
        const deviation = Math.sqrt(Number(BigInt(window) * squares - sum * sum)) / window;
        assert.equal(average[index], Number(sum) / window);
        assert.equal(bands.middle[index], Number(sum) / window);
        assert.equal(bands.upper[index], Number(sum) / window + 2 * deviation);
      }
    }),
  );
});
