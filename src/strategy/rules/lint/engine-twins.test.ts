import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indicatorById } from '#indicators/catalogue.ts';
import { goldenBars } from '#indicators/fixtures/golden-bars.ts';
import { indicatorColumns } from '#indicators/indicator-columns.ts';
import { defaultParams } from '#indicators/params.ts';
import { engineTwin, type Engine } from './engine-twins.ts';

/** Ours and theirs on Series A of the specification, by output. */
function both(id: string, engine: Engine, params: Readonly<Record<string, number>> = {}) {
  const own = indicatorById(id);
  assert.ok(own !== null);
  const twin = engineTwin(own, engine);
  assert.ok(twin !== null, id);
  const values = { ...defaultParams(own.params), ...params };
  const bars = goldenBars();
  return { bars, ours: indicatorColumns(own, values, bars), theirs: indicatorColumns(twin, values, bars) };
}

const near = (found: number | undefined, wanted: number): void =>
  assert.ok(Math.abs((found ?? NaN) - wanted) <= 1e-6 * Math.max(1, Math.abs(wanted)), `${found}, wanted ${wanted}`);

test('engineTwin() computes the backtester’s KST, whose arguments are out of order, to its golden values', () => {
  const { theirs } = both('kst', 'b');

  for (const [bar, wanted] of [
    [50, -4.842281432],
    [100, -15.14359567],
    [300, -16.43607733],
  ] as const) {
    near(theirs['value']?.[bar - 1], wanted);
  }
  assert.ok(
    theirs['signal']?.every((value) => Number.isNaN(value)),
    'it fails when it is asked for the signal',
  );
});

test('engineTwin() gives differences in won, fractions, days and highs where the builder computes them', () => {
  const { bars, theirs: momentum } = both('momentum', 's', { period: 10 });
  const [now, before] = [bars.close[99] ?? NaN, bars.close[89] ?? NaN];
  assert.equal(momentum['value']?.[99], now - before);
  near(both('returns', 's').theirs['value']?.[99], -0.04722165683);
  near(both('returns', 'b').theirs['value']?.[99], -472.2165683);
  assert.equal(both('maximum', 's').theirs['value']?.[99], 47_990, 'the highest high, as of donchian');
  assert.equal(both('minimum', 's').theirs['value']?.[99], 46_750);
  near(both('ad', 's').theirs['value']?.[0], -732);
  const { ours: line, theirs: days } = both('ad', 's');
  near((line['value']?.[0] ?? NaN) + (days['value']?.[1] ?? NaN), line['value']?.[1] ?? NaN);
});

test('engineTwin() widens what the builder takes for a sample: bands, deviations and variances', () => {
  near(both('std', 's').theirs['value']?.[99], 313.0878471 * Math.sqrt(20 / 19));
  near(both('variance', 's').theirs['value']?.[99], (98_024 * 20) / 19);
  const { theirs } = both('bollinger', 's');
  near(theirs['middle']?.[99], 47_266);
  near(theirs['upper']?.[99], 47_266 + 2 * 313.0878471 * Math.sqrt(20 / 19));
  near(theirs['lower']?.[99], 47_266 - 2 * 313.0878471 * Math.sqrt(20 / 19));
  assert.ok(both('std', 's', { period: 1 }).theirs['value']?.every((value) => Number.isNaN(value)));
});

test('engineTwin() puts the one line of the builder in the place of all of ours', () => {
  const { ours: lines, theirs: slope } = both('regression', 's');
  for (const name of ['value', 'slope', 'intercept']) assert.equal(slope[name]?.[99], lines['slope']?.[99]);
  const { ours: clouds, theirs: kijun } = both('ichimoku', 's');
  assert.equal(kijun['tenkan']?.[99], clouds['tenkan']?.[99]);
  for (const name of ['kijun', 'senkou_a', 'senkou_b', 'chikou']) assert.equal(kijun[name]?.[99], 47_500, name);
  near(both('pivot', 's').theirs['high']?.[299], (44_000 + 43_810 + 43_930) / 3);
});

test('engineTwin() has a relative strength of exponential averages and a price by volume from the first bar on', () => {
  const { bars, theirs } = both('vwap', 's');
  let [turnover, shares] = [0, 0];
  for (let row = 0; row < 100; row += 1) {
    const price = ((bars.high[row] ?? NaN) + (bars.low[row] ?? NaN) + (bars.close[row] ?? NaN)) / 3;
    turnover += price * (bars.volume[row] ?? NaN);
    shares += bars.volume[row] ?? NaN;
  }
  near(theirs['value']?.[99], turnover / shares);
  // Each new value weighs 2/3: gains of 10, 0 and 30 average to 190/9, losses of 0, 20 and 0 to 40/9.
  const closes = Float64Array.of(100, 110, 90, 120);
  const own = indicatorById('rsi');
  const twin = own === null ? null : engineTwin(own, 's');
  assert.ok(twin !== null);
  const none = new Float64Array(4);
  const { value } = indicatorColumns(
    twin,
    { period: 2 },
    { open: none, high: none, low: none, close: closes, volume: none },
  );
  near(value?.[3], (100 * (190 / 9)) / (190 / 9 + 40 / 9));
});

test('engineTwin() has none where both mean the same, or where the specification does not say enough', () => {
  const sma = indicatorById('sma');
  assert.ok(sma !== null);
  for (const id of ['sma', 'donchian', 'supertrend', 'constructor']) {
    assert.equal(engineTwin({ ...sma, id }, 's'), null, id);
    assert.equal(engineTwin({ ...sma, id }, 'b'), null, id);
  }
});
