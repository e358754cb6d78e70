import assert from 'node:assert/strict';
import { test } from 'node:test';

import { talibOracle } from '../../tests/support/talib-oracle.ts';
import { indicatorById, indicators } from './catalogue.ts';
import type { IndicatorColumns } from './definition.ts';
import { notInTalib, talibAgreements, talibDifferences, type TalibAgreement } from './fixtures/talib-agreements.ts';
import { indicatorColumns } from './indicator-columns.ts';
import { defaultParams } from './params.ts';

/** Relative to the larger of the two and to 1, since some of them cross zero. */
const tolerance = 1e-9;
const seeds = [7, 42, 20_260_302];

const talib = await talibOracle();

for (const agreement of talibAgreements) {
  const { id, output, params, talib: oracle } = agreement;
  test(`${id}.${output} ${JSON.stringify(params)} is TA-Lib's ${oracle.name} within 1e-9`, () => {
    for (const seed of seeds) assertAgreement(agreement, randomBars(seed, 1_000));
  });
}

test('regression.intercept is one slope below that of TA-Lib, which counts bars from 0', () => {
  const bars = randomBars(3, 200);
  const { intercept, slope } = ours('regression', { period: 14 }, bars);
  const [expected] = talib({ name: 'LINEARREG_INTERCEPT', inputs: [bars.close], options: [14], outputs: 1 });
  assert.ok(intercept !== undefined && slope !== undefined && expected !== undefined);

  assertClose(
    intercept.map((value, row) => value + (slope[row] ?? NaN)),
    expected,
    0,
  );
});

test('every indicator agrees with TA-Lib, differs for a reason that is written down, or is none of its own', () => {
  const known = [
    ...talibAgreements.map(({ id }) => id),
    ...Object.keys(talibDifferences).map((name) => name.split('.')[0] ?? ''),
  ];

  const sorted = indicators.map(({ id }) => id).toSorted();

  assert.deepEqual([...new Set([...known, ...notInTalib])].toSorted(), sorted);
  assert.deepEqual(
    known.filter((id) => notInTalib.includes(id)),
    [],
  );
});

function assertAgreement({ id, params, output, talib: oracle, settledAt }: TalibAgreement, bars: Bars): void {
  const { name, inputs, options, outputs, which } = oracle;
  const column = ours(id, params, bars)[output];
  const expected = talib({ name, inputs: inputs.map((input) => bars[input]), options, outputs })[which];
  assert.ok(column !== undefined && expected !== undefined);
  assertClose(column, expected, settledAt);
}

function assertClose(column: Float64Array, expected: Float64Array, from: number): void {
  let compared = 0;
  for (let row = from; row < column.length; row += 1) {
    const [found = NaN, wanted = NaN] = [column[row], expected[row]];
    if (Number.isNaN(found) || Number.isNaN(wanted)) continue;
    compared += 1;
    const error = Math.abs(found - wanted) / Math.max(1, Math.abs(found), Math.abs(wanted));
    assert.ok(error <= tolerance, `row ${row}: ${found}, TA-Lib ${wanted}`);
  }
  assert.ok(compared > (column.length - from) / 2, `only ${compared} rows have both values`);
}

type Bars = Required<IndicatorColumns>;

function ours(
  id: string,
  params: Readonly<Record<string, number>>,
  bars: Bars,
): Readonly<Record<string, Float64Array>> {
  const definition = indicatorById(id);
  assert.ok(definition !== null, `${id} is in the catalogue`);
  return indicatorColumns(definition, { ...defaultParams(definition.params), ...params }, bars);
}

/** A walk in whole won; highs and lows have fractions, so that no two directional moves are equal. */
function randomBars(seed: number, count: number): Bars {
  const column = () => new Float64Array(count);
  const bars = {
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    benchmark: column(),
  };
  let state = seed;
  const draw = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  let [close, benchmark] = [20_000, 300];
  for (let row = 0; row < count; row += 1) {
    const open = close;
    close = Math.max(5_000, close + Math.round((draw() - 0.5) * 900));
    benchmark *= 1 + (draw() - 0.5) * 0.02;
    bars.open[row] = open;
    bars.close[row] = close;
    bars.high[row] = Math.max(open, close) + draw() * 200;
    bars.low[row] = Math.min(open, close) - draw() * 200;
    bars.volume[row] = 1 + Math.floor(draw() * 1_000_000);
    bars.benchmark[row] = benchmark;
  }
  return bars;
}
