import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';

import { indicators } from './catalogue.ts';
import type { IndicatorBar, IndicatorColumns, IndicatorDefinition } from './definition.ts';
import { indicatorColumns } from './indicator-columns.ts';
import { defaultParams, type ParamValues } from './params.ts';
import { RunningIndicator } from './running-indicator.ts';

/** Short periods, so that short series make every indicator speak. */
function shortParams({ params }: IndicatorDefinition): ParamValues {
  const entries = Object.entries(defaultParams(params)).map(([name, value]) => {
    const spec = params[name];
    if (spec?.kind !== 'whole' || typeof value !== 'number') return [name, value] as const;
    const wanted = name === 'slow' || name === 'slow_period' ? 6 : 4;
    return [name, Math.min(spec.max, Math.max(spec.min, wanted))] as const;
  });
  return Object.fromEntries(entries);
}

const bar = fc
  .tuple(
    fc.integer({ min: 1_000, max: 1_050 }),
    fc.integer({ min: 0, max: 30 }),
    fc.integer({ min: 0, max: 30 }),
    fc.integer({ min: 0, max: 5 }),
  )
  .map(([low, body, wick, volume]) => ({
    open: low + body,
    high: low + body + wick,
    low,
    close: low + Math.min(body, wick),
    volume,
    benchmark: 2_500 + body - wick,
  }));

function columnsOf(list: readonly IndicatorBar[]): Required<IndicatorColumns> {
  const column = (of: (each: IndicatorBar) => number): Float64Array => Float64Array.from(list, of);
  return {
    open: column((each) => each.open),
    high: column((each) => each.high),
    low: column((each) => each.low),
    close: column((each) => each.close),
    volume: column((each) => each.volume),
    benchmark: column((each) => each.benchmark),
  };
}

/** What the stream says, bar by bar: one list for each output. */
function streamOf(definition: IndicatorDefinition, values: ParamValues, list: readonly IndicatorBar[]): number[][] {
  const running = new RunningIndicator(definition, values);
  const said: number[][] = definition.outputs.map(() => []);
  for (const each of list) {
    running.next(each);
    said.forEach((column, index) => column.push(running.output[index] ?? -1));
  }
  return said;
}

test('every indicator says the same bits bar by bar and over whole columns', () => {
  fc.assert(
    fc.property(fc.array(bar, { maxLength: 60 }), (list) => {
      for (const definition of indicators) {
        const values = shortParams(definition);
        const columns = Object.values(indicatorColumns(definition, values, columnsOf(list)));
        const stream = streamOf(definition, values, list);
        for (const [index, column] of columns.entries()) {
          assert.deepEqual(column, Float64Array.from(stream[index] ?? []), definition.id);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('later bars never change what an indicator said of earlier ones', () => {
  const whole = columnsOf(Array.from({ length: 120 }, (_, row) => barOf(row)));
  const part = columnsOf(Array.from({ length: 70 }, (_, row) => barOf(row)));
  for (const definition of indicators) {
    const values = shortParams(definition);
    const [early, late] = [part, whole].map((bars) => indicatorColumns(definition, values, bars));
    for (const name of definition.outputs) {
      assert.deepEqual(late?.[name]?.slice(0, 70), early?.[name], `${definition.id} ${name}`);
    }
  }
});

test('no bars give no values, and one bar gives one', () => {
  for (const definition of indicators) {
    for (const length of [0, 1]) {
      const bars = columnsOf(Array.from({ length }, (_, row) => barOf(row)));
      const columns = indicatorColumns(definition, defaultParams(definition.params), bars);
      for (const column of Object.values(columns)) assert.equal(column.length, length, definition.id);
    }
  }
});

test('a bar with a number missing is passed over: NaN there, and what follows is as if it had never been', () => {
  const list = Array.from({ length: 80 }, (_, row) => barOf(row));
  for (const definition of indicators) {
    const values = shortParams(definition);
    for (const input of definition.inputs) {
      const holed = [...list.slice(0, 40), { ...barOf(99), [input]: NaN }, ...list.slice(40)];
      const [with_, without] = [holed, list].map((each) => indicatorColumns(definition, values, columnsOf(each)));
      for (const name of definition.outputs) {
        const column = [...(with_?.[name] ?? [])];
        assert.ok(Number.isNaN(column[40]), `${definition.id} ${name} speaks on a bar without ${input}`);
        assert.deepEqual(column.toSpliced(40, 1), [...(without?.[name] ?? [])], `${definition.id} ${name}`);
      }
    }
  }
});

/** What each says once it is ready of a price that never moves, with and without volume; 0 where nothing is named. */
const ofFlatPrices: Readonly<Record<string, number>> = {
  rsi: 100,
  stochrsi: 100,
  chop: 100,
  ibs: 0.5,
  disparity: 100,
  mfi: 100,
};
const levelAtPrice = new Set(
  `sma ema dema tema hma kama alma lwma trima t3 zlema wma frama vidya ichimoku sar supertrend vwap vwma bollinger
  keltner donchian accbands maximum minimum midpoint midprice`.split(/\s+/),
);
/** What counts shares or bars, or has a line beside its level, is told by the tests of its own. */
const counted = new Set(['obv', 'regression', 'aroon', 'pivot']);

for (const volume of [0, 700]) {
  test(`constant prices with a volume of ${volume} give finite numbers, and the ones that are documented`, () => {
    const flat = { open: 5_000, high: 5_000, low: 5_000, close: 5_000, volume, benchmark: 2_500 };
    const bars = columnsOf(Array.from({ length: 120 }, () => flat));
    for (const definition of indicators) {
      if (counted.has(definition.id)) continue;
      const columns = indicatorColumns(definition, shortParams(definition), bars);
      const wanted = levelAtPrice.has(definition.id) ? 5_000 : (ofFlatPrices[definition.id] ?? 0);
      for (const [name, column] of Object.entries(columns)) {
        const found = column[119] ?? NaN;
        assert.ok(Math.abs(found - wanted) < 1e-9 * Math.max(1, wanted), `${definition.id} ${name}: ${found}`);
      }
    }
  });
}

/** A walk without a random number: every move, wick and volume differs from its neighbours'. */
function barOf(row: number): IndicatorBar {
  const open = 1_000 + ((row * 37) % 53);
  const close = 1_000 + ((row * 41 + 7) % 59);
  const [high, low] = [Math.max(open, close) + (row % 5), Math.min(open, close) - (row % 3)];
  return { open, high, low, close, volume: 100 + ((row * 13) % 17), benchmark: 2_500 + ((row * 29) % 31) };
}
