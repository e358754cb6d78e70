import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '#domain/random.ts';

import type { RunTrials, Trial } from './trial.ts';
import { validateOptimum } from './validate.ts';

/** Grids of each kind; 50 made the figures of docs/validation.md. */
const grids = Number(process.env['VALIDATION_GRIDS'] ?? 4);
const days = 1_200;
const side = 5;
const axes = ['fast', 'slow'].map((name) => ({ name, values: Array.from({ length: side }, (_, place) => place + 1) }));
const trials: readonly Trial[] = Array.from({ length: side * side }, (_, place) => {
  const places = [place % side, Math.floor(place / side)];
  return { places, parameters: { fast: places[0]! + 1, slow: places[1]! + 1 } };
});

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Daily returns of 1 % deviation, nine tenths of the variance common to all, a hill of true annual Sharpe in the middle. */
function columnsOf(seed: number, sharpe: number): readonly Float64Array[] {
  const random = new Random(seed);
  const market = Float64Array.from({ length: days }, () => normal(random) * Math.sqrt(0.9));
  return trials.map(({ places: [x = 0, y = 0] }) => {
    const skill = (sharpe / Math.sqrt(252)) * (1 - 0.05 * (Math.abs(x - 2) + Math.abs(y - 2)));
    return market.map((common) => (common + normal(random) * Math.sqrt(0.1) + skill) / 100);
  });
}

async function passes(seed: number, sharpe: number): Promise<boolean> {
  const columns = columnsOf(seed, sharpe);
  const runTrials: RunTrials = (wanted, { from, to }) =>
    wanted.map(({ places: [x = 0, y = 0] }) => {
      let value = 1_000_000;
      const values = columns[y * side + x]!.slice(from, to + 1).map((each) => (value *= 1 + each));
      return { initialCash: 1_000_000, dates: Int32Array.from(values, (_, day) => from + day), values };
    });
  const { gate } = await validateOptimum({
    trials,
    axes,
    runTrials,
    closedProfits: () => Array.from({ length: 40 }, (_, trade) => (trade % 3 === 0 ? -10_000 : 9_000)),
    span: { from: 0, to: days - 1 },
    objective: 'sharpe',
    plan: { kind: 'rolling', inSampleDays: 400, outOfSampleDays: 200, purgeDays: 10 },
    monteCarlo: { runs: 10, meanBlock: 10, seed: 4 },
  });
  return gate.passed;
}

async function passedOf(sharpe: number): Promise<number> {
  const verdicts = await Promise.all(Array.from({ length: grids }, (_, seed) => passes(1_000 + seed, sharpe)));
  return verdicts.filter(Boolean).length;
}

test('judgePromotion() refuses nearly every best of noise', async () => {
  const passed = await passedOf(0);

  assert.ok(passed <= grids * 0.17, `${passed} of ${grids}`);
});

test('judgePromotion() lets nearly every hill of true skill through', async () => {
  const passed = await passedOf(3);

  assert.ok(passed >= grids * 0.8, `${passed} of ${grids}`);
});
