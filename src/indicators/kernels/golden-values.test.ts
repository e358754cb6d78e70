import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goldenBars } from '../fixtures/golden-bars.ts';
import { averageTrueRange } from './average-true-range.ts';
import { bollinger } from './bollinger.ts';
import { ema } from './ema.ts';
import { macd } from './macd.ts';
import { rsi } from './rsi.ts';
import { sma } from './sma.ts';

function column(): Float64Array {
  return new Float64Array(300).fill(-1);
}

/** `wanted` maps the 1-based bar to the value that Lean's own classes computed. */
function assertGolden(values: Float64Array, wanted: Readonly<Record<number, number>>): void {
  for (const [bar, value] of Object.entries(wanted)) {
    const found = values[Number(bar) - 1] ?? NaN;
    const isEqual = Math.abs(found - value) <= 1e-6 * Math.abs(value);
    assert.ok(isEqual, `bar ${bar}: ${found}, wanted ${value}`);
  }
}

test('the golden series ends as the specification says', () => {
  const { high, low, close } = goldenBars();

  assert.deepEqual([high[0], low[0], close[0]], [50_100, 49_940, 50_010]);
  assert.deepEqual([high[299], low[299], close[299]], [44_000, 43_810, 43_930]);
});

test('sma() and ema() of 20 bars give the golden values', () => {
  const { close } = goldenBars();
  const [simple, exponential] = [column(), column()];

  sma(close, 20, simple);
  ema(close, 20, exponential);

  assertGolden(simple, { 20: 49_608, 100: 47_266, 300: 44_281 });
  assertGolden(exponential, { 20: 49_608, 100: 47_297.69989, 300: 44_248.87759 });
});

test('rsi() of 14 bars gives the golden values', () => {
  const output = column();

  rsi(goldenBars().close, 14, output);

  assert.ok(Number.isNaN(output[13]));
  assertGolden(output, { 15: 30.17241379, 100: 27.64055877, 300: 30.40317208 });
});

test('bollinger() of 20 bars and 2 deviations gives the golden values', () => {
  const bands = { upper: column(), middle: column(), lower: column() };

  bollinger(goldenBars().close, 20, 2, bands);

  assertGolden(bands.upper, { 20: 50_241.26456, 100: 47_892.17569, 300: 45_073.76478 });
  assertGolden(bands.middle, { 20: 49_608, 100: 47_266, 300: 44_281 });
  assertGolden(bands.lower, { 20: 48_974.73544, 100: 46_639.82431, 300: 43_488.23522 });
});

test('averageTrueRange() of 14 bars gives the golden values', () => {
  const output = column();

  averageTrueRange(goldenBars(), 14, output);

  assertGolden(output, { 14: 211.4285714, 100: 230, 300: 207.1428571 });
});

test('macd() of 12, 26 and 9 bars gives the golden values', () => {
  const output = { line: column(), signal: column(), histogram: column() };

  macd(goldenBars().close, { fast: 12, slow: 26, signal: 9 }, output);

  assert.ok(Number.isNaN(output.signal[32]));
  assertGolden(output.line, { 34: -82.27115777, 100: -307.7048281, 300: -307.1263072 });
  assertGolden(output.signal, { 34: -86.99702245, 100: -319.828908, 300: -316.9707644 });
  assertGolden(output.histogram, { 34: 4.725864675, 100: 12.12407984, 300: 9.844457203 });
});
