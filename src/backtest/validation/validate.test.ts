import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FixConfiguration } from '#domain/errors.ts';
import { Random } from '#domain/random.ts';

import { reportValidationOf } from './report-validation.ts';
import type { RunTrials, Trial, TrialRecord } from './trial.ts';
import { validateOptimum, type ValidationOptions } from './validate.ts';

const days = 1_200;
const axes = [
  { name: 'fast', values: [2, 3, 4, 5, 6] },
  { name: 'slow', values: [10, 20, 30, 40, 50] },
];
const trials: readonly Trial[] = axes[1]!.values.flatMap((slow, y) =>
  axes[0]!.values.map((fast, x) => ({ parameters: { fast, slow }, places: [x, y] })),
);

/** Columns of daily returns, one a trial; a null column is a combination that makes no strategy. */
function runnerOf(columns: readonly (Float64Array | null)[]): RunTrials {
  return (wanted, { from, to }) =>
    wanted.map(({ places }): TrialRecord | null => {
      const column = columns[(places[1] ?? 0) * 5 + (places[0] ?? 0)] ?? null;
      if (column === null) return null;
      let value = 1_000_000;
      const own = column.subarray(from, to + 1);
      const values = own.map((each) => (value *= 1 + each));
      const dates = Int32Array.from(own, (_, day) => from + day);
      return { initialCash: 1_000_000, dates, values };
    });
}

/** One market that all share, and a hill of skill around the middle of the grid. */
function columnsOf(skill: (x: number, y: number) => number, seed: number): Float64Array[] {
  const random = new Random(seed);
  const market = Float64Array.from({ length: days }, () => (random.next() - 0.5) / 50);
  return trials.map(({ places: [x = 0, y = 0] }) => {
    const own = new Random(seed * 100 + y * 5 + x);
    return market.map((each) => each + (own.next() - 0.5) / 100 + skill(x, y));
  });
}

function optionsOf(columns: readonly (Float64Array | null)[]): ValidationOptions {
  return {
    trials,
    axes,
    runTrials: runnerOf(columns),
    closedProfits: () => Array.from({ length: 40 }, (_, trade) => (trade % 3 === 0 ? -10_000 : 9_000)),
    span: { from: 0, to: days - 1 },
    objective: 'sharpe',
    plan: { kind: 'rolling', inSampleDays: 400, outOfSampleDays: 200, purgeDays: 10 },
    monteCarlo: { runs: 200, meanBlock: 10, seed: 4 },
  };
}

const hill = (x: number, y: number) => 0.0022 - 0.0001 * (Math.abs(x - 2) + Math.abs(y - 2));

test('validateOptimum() lets a hill of real skill through every line of the gate', async () => {
  const found = await validateOptimum(optionsOf(columnsOf(hill, 1)));

  assert.deepEqual(
    found.gate.lines.filter((line) => !line.passed),
    [],
  );
  assert.equal(found.gate.passed, true);
  assert.equal(found.trials, 25);
  const { heatMap } = found;
  assert.ok(heatMap !== null && heatMap.scores.length === 5);
  const { x, y } = heatMap.optimum;
  assert.deepEqual(found.optimum.parameters, { fast: axes[0]!.values[x], slow: axes[1]!.values[y] });
  assert.equal(heatMap.scores[y]?.[x], found.optimum.score);
  assert.equal(found.overfit?.blocks, 16);
  assert.equal(
    found.overfit?.histogram.reduce((sum, each) => sum + each, 0),
    12_870,
  );
  assert.ok(found.superiorAbility!.superiorAbility < 0.05);
});

test('validateOptimum() refuses the best of noise by what it is: over-fitted, and no better than luck', async () => {
  const found = await validateOptimum(optionsOf(columnsOf(() => 0, 2)));

  assert.equal(found.gate.passed, false);
  const failed = found.gate.lines.filter((line) => !line.passed).map(({ id }) => id);
  assert.ok(failed.includes('overfit-probability') && failed.includes('deflated-sharpe'), failed.join());
  assert.ok(found.superiorAbility!.superiorAbility > 0.05);
});

test('validateOptimum() gives the same numbers twice, and others for other histories', async () => {
  const options = optionsOf(columnsOf(hill, 1));

  const first = await validateOptimum(options);

  assert.deepEqual(await validateOptimum(options), first);
  const other = await validateOptimum({ ...options, monteCarlo: { ...options.monteCarlo, seed: 5 } });
  assert.notDeepEqual(other.monteCarlo.days, first.monteCarlo.days);
  assert.deepEqual(other.walkForward, first.walkForward);
});

test('validateOptimum() counts what was tried before against the optimum', async () => {
  const options = optionsOf(columnsOf((x, y) => hill(x, y) - 0.0014, 3));

  const few = await validateOptimum(options);
  const many = await validateOptimum({ ...options, trialsTried: 100_000 });

  assert.equal(few.sharpe!.trials, 25);
  assert.equal(many.sharpe!.trials, 100_000);
  assert.ok(many.sharpe!.deflated < few.sharpe!.deflated);
});

test('validateOptimum() leaves out what makes no strategy, and walks over purged folds too', async () => {
  const columns = columnsOf(hill, 1).map((column, place) => (place % 5 === 4 ? null : column));

  const found = await validateOptimum({
    ...optionsOf(columns),
    plan: { kind: 'purged', folds: 5, purgeDays: 10, embargoDays: 12 },
  });

  assert.deepEqual([found.trials, found.refusedTrials], [20, 5]);
  assert.equal(found.walkForward.kind, 'purged');
  assert.equal(found.walkForward.equity.length, days);
  assert.ok(found.heatMap!.scores.every((row) => row[4] === null && row[3] !== null));
});

test('validateOptimum() refuses one trial, a record too short for the walk, and a grid that does not fit', async () => {
  const options = optionsOf(columnsOf(hill, 1));
  const refusedBy = (code: string) => (error: unknown) => error instanceof FixConfiguration && error.code === code;

  await assert.rejects(validateOptimum({ ...options, trials: trials.slice(0, 1) }), refusedBy('validate.trials'));
  await assert.rejects(validateOptimum({ ...options, span: { from: 0, to: 300 } }), refusedBy('validate.days'));
  const many = Array.from({ length: 5_001 }, () => trials[0]!);
  await assert.rejects(validateOptimum({ ...options, trials: many }), refusedBy('validate.trials'));
});

test('reportValidationOf() hands the report the numbers of the validation, and leaves out what was not measured', async () => {
  const found = await validateOptimum(optionsOf(columnsOf(hill, 1)));

  const report = reportValidationOf(found);

  assert.equal(report.overfitProbability, found.overfit?.costlyProbability);
  assert.equal(report.belowMiddle, found.overfit?.probability);
  assert.equal(report.deflatedSharpe, found.sharpe?.deflated);
  assert.deepEqual(report.neighbours, { profitable: 8, all: 8 });
  assert.deepEqual([report.folds?.length, report.folds?.[0]?.from], [4, 410]);
  assert.deepEqual([report.histories?.returns.length, report.histories?.drawdowns.length], [5, 5]);
  assert.equal(report.histories?.returns[2], found.monteCarlo.days?.percentiles[3]?.totalReturn);
  assert.equal('overfitProbability' in reportValidationOf({ ...found, overfit: null }), false);
});
