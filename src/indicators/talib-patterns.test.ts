import assert from 'node:assert/strict';
import { test } from 'node:test';

import { realBarsMissing, realSeries } from '../../tests/support/real-series.ts';
import type { CandleSettings } from '../../tests/support/talib-candle-settings.ts';
import { talibOracle } from '../../tests/support/talib-oracle.ts';
import { candlestickById, candlesticks } from './candlesticks.ts';
import type { IndicatorColumns } from './definition.ts';
import { columnsOf, fractionalCandles, nearMisses, tiedCandles } from './fixtures/hard-candles.ts';
import { goldenPatterns } from './fixtures/golden-patterns.ts';
import { patternBars } from './fixtures/pattern-bars.ts';
import { mirrored, patternExamples, quiet } from './fixtures/pattern-examples.ts';
import { readyEarlier, strictPatterns, talibPatterns, touching } from './fixtures/talib-patterns.ts';
import { indicatorColumns } from './indicator-columns.ts';

const talib = await talibOracle();

const made = {
  'the series of the specification': patternBars(6_000),
  'prices of a few won': tiedCandles(drawing(11), 4_000),
  'prices with fractions': fractionalCandles(drawing(29), 3_000),
};
/** Signs on which both agreed, by pattern. */
const seen = new Map<string, Set<number>>();

for (const [name, bars] of Object.entries(made)) {
  test(`all 57 patterns are TA-Lib's, bar by bar and sign by sign, on ${name}`, () => {
    for (const { id } of candlesticks) assertSame(id, bars);
  });
}

test("all 57 patterns are TA-Lib's on real bars", { skip: realBarsMissing }, () => {
  for (const symbol of ['000660', '005380', '005930', '035420', '069500']) {
    const bars = latest(realSeries(symbol), 600);
    for (const { id } of candlesticks) assertSame(id, bars);
  }
});

test("patterns made by hand are TA-Lib's with prices some won off, and so are their mirror images", () => {
  const draw = drawing(5);
  for (const { id, candles } of patternExamples) assertSame(id, nearMisses(draw, candles, 300));
});

test('the comparison with TA-Lib saw every pattern, and both signs of those that have two', () => {
  for (const [id, { up, down }] of Object.entries(goldenPatterns)) {
    const wanted = [...(down > 0 ? [-1] : []), ...(up > 0 || id === 'mat_hold' ? [1] : [])];
    assert.deepEqual(
      [...(seen.get(id) ?? [])].toSorted((one, other) => one - other),
      wanted,
      id,
    );
  }
});

test('the oracle is alive: with the settings that talib-web leaves at 0 other candles are doji, hammers and marubozu', () => {
  const bars = patternBars(2_000);
  const count = (id: string, candles: CandleSettings): number =>
    theirs(id, bars, candles).filter((value) => value !== 0 && !Number.isNaN(value)).length;

  // A body of 0 is at most 0: only they are doji without thresholds. Nothing is below a short body or shadow of 0.
  const level = bars.close.filter((close, row) => close === bars.open[row]).length;
  assert.deepEqual([count('doji', 'none'), count('hammer', 'none'), count('marubozu', 'none')], [level, 0, 0]);
  for (const id of ['doji', 'hammer', 'marubozu']) assert.ok(count(id, 'published') > count(id, 'none'), id);
});

test("TA-Lib's doji is a body of at most a tenth of the mean range of the ten candles before it", () => {
  // Ranges of 20 throughout: a body of 2 is a doji, one of 2.01 is none.
  const last = (close: number): number => {
    const bars = columnsOf([...quiet, [100, 110, 90, close]]);
    return theirs('doji', bars, 'published')[quiet.length] ?? NaN;
  };
  assert.deepEqual([last(102), last(102.01), last(98), last(97.99)], [100, 0, 100, 0]);
});

test('patterns made by hand end as the specification says, for us and for TA-Lib', () => {
  for (const { id, sign, candles } of patternExamples) {
    const bars = columnsOf([...quiet, ...candles]);
    assert.deepEqual([ours(id, bars).at(-1), theirs(id, bars, 'published').at(-1)], [sign, sign * 100], id);
  }
});

test('a pattern that is strict is one for TA-Lib too, with less weight, where one end is level', () => {
  assert.deepEqual(Object.keys(strictPatterns), ['engulfing', 'harami', 'harami_cross']);
  const bars = columnsOf([...quiet, [110, 111, 99, 100], [100, 112, 99, 111]]);
  assert.deepEqual([ours('engulfing', bars).at(-1), theirs('engulfing', bars, 'published').at(-1)], [0, touching]);
  const beyond = columnsOf([...quiet, [110, 111, 99, 100], [99, 112, 98, 111]]);
  assert.deepEqual([ours('engulfing', beyond).at(-1), theirs('engulfing', beyond, 'published').at(-1)], [1, 100]);
});

test('breakaway of a rise is the mirror image of the one of a fall', () => {
  const candles = patternExamples.find(({ id }) => id === 'breakaway')?.candles ?? [];
  const bars = columnsOf([...quiet, ...candles.map(mirrored)]);
  assert.deepEqual([ours('breakaway', bars).at(-1), theirs('breakaway', bars, 'published').at(-1)], [-1, -100]);
});

/** Equal signs where both speak; the first bars of each as the table of differences has them. */
function assertSame(id: string, bars: IndicatorColumns): void {
  const [mine, other] = [ours(id, bars), theirs(id, bars, 'published')];
  const begin = mine.findIndex((value) => !Number.isNaN(value));
  assert.equal(other.findIndex((value) => !Number.isNaN(value)) - begin, readyEarlier[id] ?? 0, `${id} is ready`);
  const signs = seen.get(id) ?? new Set();
  seen.set(id, signs);
  const isStrict = Object.hasOwn(strictPatterns, id);
  for (let row = Math.max(begin, begin + (readyEarlier[id] ?? 0)); row < mine.length; row += 1) {
    const [found = NaN, wanted = NaN] = [mine[row], other[row]];
    const sign = isStrict && Math.abs(wanted) === touching ? 0 : Math.sign(wanted);
    if (found !== sign) assert.fail(`${id} at row ${row}: ${found}, TA-Lib ${wanted}`);
    if (sign !== 0) signs.add(sign);
  }
}

function ours(id: string, bars: IndicatorColumns): Float64Array {
  const definition = candlestickById(id);
  assert.ok(definition !== null, `${id} is in the catalogue`);
  const { value } = indicatorColumns(definition, {}, bars);
  assert.ok(value !== undefined);
  return value;
}

function theirs(id: string, { open, high, low, close }: IndicatorColumns, candles: CandleSettings): Float64Array {
  const found = talibPatterns[id];
  assert.ok(found !== undefined, `${id} has a function of TA-Lib`);
  const options = found.penetration === undefined ? [] : [found.penetration];
  const call = { name: `CDL${found.name}`, inputs: [open, high, low, close], options, outputs: 1, candles };
  const [value] = talib(call);
  assert.ok(value !== undefined);
  return value;
}

function latest(series: IndicatorColumns, count: number): IndicatorColumns {
  const cut = (column: Float64Array): Float64Array => Float64Array.from(column.subarray(-count));
  const { open, high, low, close, volume } = series;
  return { open: cut(open), high: cut(high), low: cut(low), close: cut(close), volume: cut(volume) };
}

/** Whole numbers below a bound, from a seed. */
function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 16) % below;
  };
}
