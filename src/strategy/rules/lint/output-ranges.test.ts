import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indicators } from '#indicators/catalogue.ts';
import type { IndicatorColumns, IndicatorDefinition } from '#indicators/definition.ts';
import { indicatorColumns } from '#indicators/indicator-columns.ts';
import { defaultParams, type ParamValues } from '#indicators/params.ts';
import { outputRange } from './output-ranges.ts';

/** What prices may do, bar after bar; a draw is a fraction from 0 to 1. */
const moods: Readonly<Record<string, (draw: number, row: number) => number>> = {
  'this way and that': (draw) => (draw - 0.5) * 2_000,
  'in whole won': (draw) => Math.round((draw - 0.5) * 2_000),
  'only ever up': (draw) => draw * 900,
  'only ever down': (draw) => -draw * 20,
  'not at all, now and then': (draw, row) => (row % 100 > 70 ? 0 : (draw - 0.5) * 2_000),
};

for (const [mood, move] of Object.entries(moods)) {
  test(`outputRange() holds to the last bit of what every indicator says of prices that go ${mood}`, () => {
    const bars = walk(1_500, move);
    for (const definition of indicators) {
      for (const values of [defaultParams(definition.params), shortest(definition)]) {
        if ((definition.problem?.(values) ?? null) !== null) continue;
        for (const [output, column] of Object.entries(indicatorColumns(definition, values, bars))) {
          const { least, most } = outputRange(definition.id, output);
          const beyond = column.find((value) => value < least || value > most);
          assert.equal(beyond, undefined, `${definition.id}.${output}, ${least} to ${most}`);
        }
      }
    }
  });
}

function shortest({ params }: IndicatorDefinition): ParamValues {
  return Object.fromEntries(
    Object.entries(defaultParams(params)).map(([name, value]) => {
      const spec = params[name];
      return [name, spec?.kind === 'whole' ? Math.max(spec.min, 3) : value];
    }),
  );
}

/** Fractions, with a shadow on either side; some bars are flat, some have no volume. */
function walk(count: number, move: (draw: number, row: number) => number): IndicatorColumns {
  const column = (): Float64Array => new Float64Array(count);
  const bars = { open: column(), high: column(), low: column(), close: column(), volume: column() };
  let state = 7;
  const draw = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) / 2 ** 23;
  };
  let price = 50_000;
  for (let row = 0; row < count; row += 1) {
    const [open, step] = [price, move(draw(), row)];
    price = Math.max(10, price + step);
    const shadow = (): number => (step === 0 || draw() < 0.3 ? 0 : draw() * Math.min(300, price / 3));
    bars.open[row] = open;
    bars.close[row] = price;
    bars.high[row] = Math.max(open, price) + shadow();
    bars.low[row] = Math.min(open, price) - shadow();
    bars.volume[row] = draw() < 0.1 ? 0 : Math.floor(draw() * 1e6);
  }
  return bars;
}
