import assert from 'node:assert/strict';
import { test } from 'node:test';

import { candlesticks } from './candlesticks.ts';
import { indicatorById, indicators } from './catalogue.ts';
import type { IndicatorBar, IndicatorColumns, IndicatorDefinition, IndicatorInput } from './definition.ts';
import { indicatorColumns } from './indicator-columns.ts';
import { defaultParams, type ParamValues } from './params.ts';
import { RunningIndicator } from './running-indicator.ts';

type Bars = Record<IndicatorInput, Float64Array>;

const everything = [...indicators, ...candlesticks];
const prices = ['open', 'high', 'low', 'close'] as const;
/** Rows of most walks, and of those that everything runs over at three settings. */
const [count, short] = [260, 110];

/** Bars that nobody wants: each kind is a walk with something done to it. */
const hostile: Readonly<Record<string, Bars>> = {
  'whole won': walk(1, short),
  'prices of a billionth': walk(1e-13, short),
  'prices of a trillion': walk(2e7 + 0.37, short),
  'no volume at all': changed(walk(1, short), ['volume'], () => 0),
  'volume beyond 2^53': changed(walk(1, short), ['volume'], (row) => 1e17 + row),
  'a zero among the prices': changed(walk(1, short), prices, (row, value) => (row === 60 ? 0 : value)),
  'a day without open, high and low': changed(walk(1, short), ['open', 'high', 'low'], (row, value) =>
    row === 60 ? 0 : value,
  ),
  'highs below lows': changed(walk(1, short), ['high'], (_row, value) => value - 2_000),
  'prices below 0': changed(walk(1, short), prices, (_row, value) => -value),
  'one price for ever, then none that is a fraction': changed(walk(1, short), prices, (row, value) =>
    row < 50 ? value : 0.37,
  ),
  holes: changed(
    walk(1, short),
    [...prices, 'volume', 'benchmark'],
    (row, value) => [NaN, Infinity, -Infinity][(row * 7) % 53] ?? value,
  ),
  'numbers at the end of all numbers': changed(walk(1, short), prices, (row, value) =>
    row % 29 === 0 ? 1.7e308 : value,
  ),
  'numbers at the beginning of all numbers': changed(walk(1, short), prices, (row, value) =>
    row % 29 === 0 ? 5e-324 : value,
  ),
};

for (const [name, bars] of Object.entries(hostile)) {
  test(`columns are the stream to the bit, and never infinite, at the ends of every parameter, over ${name}`, () => {
    for (const definition of everything) {
      for (const values of paramsOf(definition)) {
        const columns = indicatorColumns(definition, values, bars);
        const stream = streamOf(definition, values, bars);
        for (const [place, output] of definition.outputs.entries()) {
          const [column, said] = [columns[output], stream[place]];
          assert.ok(column !== undefined && said !== undefined);
          const about = `${definition.id}.${output} ${JSON.stringify(values)}`;
          assert.ok(isSame(column, said), `${about}: columns and stream differ`);
          assert.ok(!column.some((value) => Math.abs(value) === Infinity), `${about}: infinite`);
        }
      }
    }
  });
}

test('over whole prices everything has a value on every bar from the one on which it is ready', () => {
  const bars = walk();
  // The first deviations of returns are of one and two values; a pivot may be long in coming.
  for (const definition of everything.filter(({ id }) => id !== 'pivot')) {
    const values = defaultParams(definition.params);
    const ready = definition.readyAt(values) - 1;
    for (const [output, column] of Object.entries(indicatorColumns(definition, values, bars))) {
      if (ready >= count) continue;
      assert.ok(Number.isNaN(column[ready - 1] ?? NaN), `${definition.id}.${output} speaks before it is ready`);
      const isLater = ['d', 'signal', 'middle'].includes(output) || ['stochrsi', 'ichimoku'].includes(definition.id);
      const from = isLater ? count - 1 : ready;
      assert.ok(
        column.subarray(from).every((value) => Number.isFinite(value)),
        `${definition.id}.${output}`,
      );
    }
  }
});

/** What adds up all of the past, or forgets by halves: a bar of another size stays in it. */
const remembering = new Set(
  `ema dema tema t3 zlema wma frama kama vidya rsi cmo trix tsi macd apo ppo natr adx adxr sar obv ad adl cho kvo force schaff
  fisher supertrend mass_index stochrsi pivot consecutive`.split(/\s+/),
);
/** Its running sums are those of a kernel, which is exact for whole won only. */
const runningKernel = new Set(['bollinger']);

for (const [name, spoil] of Object.entries({
  'a price a billion times too high': (bars: Bars): void => prices.forEach((price) => bars[price].fill(1e13, 60, 61)),
  'a price of 0': (bars: Bars): void => prices.forEach((price) => bars[price].fill(0, 60, 61)),
  'a volume a billion times too high': (bars: Bars): void => void bars.volume.fill(1e18, 60, 61),
})) {
  test(`what looks at a window only has forgotten ${name} once it has left the window`, () => {
    const [clean, spoilt] = [walk(), walk()];
    spoil(spoilt);
    for (const definition of indicators) {
      if (remembering.has(definition.id) || runningKernel.has(definition.id)) continue;
      const values = defaultParams(definition.params);
      if (definition.readyAt(values) > 120) continue;
      const [wanted, found] = [clean, spoilt].map((bars) => indicatorColumns(definition, values, bars));
      for (const output of definition.outputs) {
        const [one = NaN, other = NaN] = [wanted?.[output]?.[count - 1], found?.[output]?.[count - 1]];
        // Averages of fractions run in a kernel that keeps what additions round off.
        const isNear = Math.abs(one - other) <= 1e-6 * Math.max(1, Math.abs(one));
        assert.ok(isNear, `${definition.id}.${output}: ${other}, wanted ${one}`);
      }
    }
  });
}

/** The power of the price that a value grows by; it does not change with the price where it is missing. */
const degrees: Readonly<Record<string, number>> = Object.fromEntries([
  ...`sma ema dema tema hma kama alma lwma trima t3 zlema wma frama vidya bollinger keltner donchian accbands std atr maximum
  minimum midpoint midprice regression ichimoku sar supertrend vwap vwma macd apo ao dpo force pivot`
    .split(/\s+/)
    .map((id) => [id, 1] as const),
  ['variance', 2],
]);
/** What compares a price with a constant of its own, or mixes it with something that has no price. */
const unlike = new Set(['ppo', 'eom', 'beta', 'alpha', 'augen']);

test('prices in another unit give the same values, or the same values in that unit, to the bit', () => {
  const factor = 2 ** 12;
  const bars = walk();
  const scaled = changed(walk(), prices, (_row, value) => value * factor);
  for (const definition of everything.filter(({ id }) => !unlike.has(id))) {
    const values = defaultParams(definition.params);
    const [one, other] = [bars, scaled].map((each) => indicatorColumns(definition, values, each));
    const by = factor ** (degrees[definition.id] ?? 0);
    for (const output of definition.outputs) {
      const [plain, grown] = [one?.[output], other?.[output]];
      assert.ok(plain !== undefined && grown !== undefined);
      const isEqual = isSame(
        plain.map((value) => value * by),
        grown,
      );
      assert.ok(isEqual, `${definition.id}.${output}: ${plain[count - 1]} times ${by} is not ${grown[count - 1]}`);
    }
  }
});

test('a number that no sum of squares can hold counts as missing', () => {
  const [sma] = [indicatorById('sma')];
  assert.ok(sma !== null);
  const bars = changed(walk(), ['close'], (row, value) => (row === 40 ? 1e120 : value));
  const { value } = indicatorColumns(sma, { period: 3 }, bars);
  const { close } = bars;

  assert.ok(value !== undefined && Number.isNaN(value[40]));
  assert.equal(value[41], ((close[38] ?? NaN) + (close[39] ?? NaN) + (close[41] ?? NaN)) / 3);
});

/** The defaults, and every parameter at its least and at its greatest, where they go together. */
function paramsOf(definition: IndicatorDefinition): readonly ParamValues[] {
  const usual = defaultParams(definition.params);
  const at = (end: 'min' | 'max'): ParamValues =>
    Object.fromEntries(
      Object.entries(definition.params).map(([name, spec]) => [
        name,
        spec.kind === 'choice' ? (spec.choices.at(-1) ?? '') : spec[end],
      ]),
    );
  return [usual, at('min'), at('max')].filter((values) => (definition.problem?.(values) ?? null) === null);
}

function streamOf(definition: IndicatorDefinition, values: ParamValues, bars: Bars): readonly Float64Array[] {
  const running = new RunningIndicator(definition, values);
  const rows = bars.close.length;
  const said = definition.outputs.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row += 1) {
    running.next(barAt(bars, row));
    for (const [place, column] of said.entries()) column[row] = running.output[place] ?? -1;
  }
  return said;
}

function barAt(bars: Bars, row: number): IndicatorBar {
  const at = (input: IndicatorInput): number => bars[input][row] ?? NaN;
  return {
    open: at('open'),
    high: at('high'),
    low: at('low'),
    close: at('close'),
    volume: at('volume'),
    benchmark: at('benchmark'),
  };
}

function isSame(one: Float64Array, other: Float64Array): boolean {
  return one.length === other.length && one.every((value, row) => Object.is(value, other[row]));
}

function changed(bars: Bars, inputs: readonly IndicatorInput[], change: (row: number, value: number) => number): Bars {
  for (const input of inputs) bars[input] = bars[input].map((value, row) => change(row, value));
  return bars;
}

/** A walk in whole won around 50,000, times a factor; the same one each time. */
function walk(factor = 1, rows = count): Required<IndicatorColumns> & Bars {
  const column = (): Float64Array => new Float64Array(rows);
  const bars = {
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    benchmark: column(),
  };
  let state = 99;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 16) % below;
  };
  let close = 50_000;
  for (let row = 0; row < rows; row += 1) {
    const open = close + 10 * (draw(41) - 20);
    close = open + 10 * (draw(161) - 80);
    bars.open[row] = open * factor;
    bars.high[row] = (Math.max(open, close) + 10 * draw(30)) * factor;
    bars.low[row] = (Math.min(open, close) - 10 * draw(30)) * factor;
    bars.close[row] = close * factor;
    bars.volume[row] = 1 + draw(30_000);
    bars.benchmark[row] = 2_500 + draw(100);
  }
  return bars;
}
