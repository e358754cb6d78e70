import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';

import { monteCarloTable } from './monte-carlo-table.ts';
import { bootstrapReturns, percentile, ruinProbability, shuffleTrades } from './monte-carlo.ts';
import { neighbourhoodOf, type GridScore } from './neighbourhood.ts';
import { walkForwardFolds } from './walk-forward-windows.ts';

test('shuffleTrades() keeps the final value and tells how deep other orders would have fallen', () => {
  const profits = [300_000, -200_000, 100_000, -400_000, 500_000];
  const { returns, drawdowns, runs } = shuffleTrades({ profits, initialCash: 1_000_000, runs: 500, seed: 1 });

  assert.equal(runs, 500);
  assert.ok(returns.every((each) => Math.abs(each - 0.3) < 1e-12));
  // The worst order: both losses first; the best splits them: 400,000 from at least 1,900,000 - 0.
  assert.equal(drawdowns[0], -0.6);
  assert.ok((drawdowns.at(-1) ?? -1) > -0.3 && (drawdowns.at(-1) ?? 0) < 0);
});

test('bootstrapReturns() is the same for the same seed, another for another, and centred on the record', () => {
  const returns = Array.from({ length: 500 }, (_, day) => (((day * 7919) % 101) - 49) / 5_000);
  const draw = (seed: number) => bootstrapReturns({ returns, meanBlock: 10, runs: 400, seed });

  assert.deepEqual(draw(5), draw(5));
  assert.notDeepEqual(draw(5).returns, draw(6).returns);
  const record = returns.reduce((value, each) => value * (1 + each), 1) - 1;
  const [low, high] = [percentile(draw(5).returns, 0.05), percentile(draw(5).returns, 0.95)];
  assert.ok(low < record && record < high, `${low} ${record} ${high}`);
  assert.equal(bootstrapReturns({ returns: [], meanBlock: 5, runs: 9, seed: 1 }).runs, 0);
});

test('percentile() lies between its neighbours, and ruinProbability() counts what fell as deep as asked', () => {
  const sorted = Float64Array.from([1, 2, 3, 10]);
  assert.deepEqual(
    [0, 0.5, 1].map((share) => percentile(sorted, share)),
    [1, 2.5, 10],
  );
  assert.ok(Number.isNaN(percentile(new Float64Array(0), 0.5)));
  const drawdowns = Float64Array.from([-0.5, -0.3, -0.1, 0]);
  assert.equal(ruinProbability({ runs: 4, drawdowns }, 0.3), 0.5);
});

test('walkForwardFolds() judges every later day once, never looks ahead and keeps the purge', () => {
  const part = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(
      fc.constantFrom('rolling' as const, 'anchored' as const),
      part,
      part,
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 0, max: 400 }),
      (kind, inSampleDays, outOfSampleDays, purgeDays, extra) => {
        const days = inSampleDays + purgeDays + outOfSampleDays + extra;
        const folds = walkForwardFolds(days, { kind, inSampleDays, outOfSampleDays, purgeDays });
        let next = inSampleDays + purgeDays;
        for (const { inSample, outOfSample } of folds) {
          assert.equal(outOfSample.start, next);
          assert.equal(inSample.end + purgeDays, outOfSample.start);
          assert.equal(inSample.start, kind === 'anchored' ? 0 : inSample.end - inSampleDays);
          next = outOfSample.end;
        }
        assert.ok((days - next) * 2 < outOfSampleDays);
      },
    ),
  );
});

test('walkForwardFolds() refuses a record that is too short, and parts that are none', () => {
  const plan = { kind: 'rolling', inSampleDays: 100, outOfSampleDays: 20, purgeDays: 5 } as const;
  assert.throws(() => walkForwardFolds(110, plan), /wanted at least 115/);
  assert.throws(() => walkForwardFolds(500, { ...plan, outOfSampleDays: 0 }), RangeError);
  assert.throws(() => walkForwardFolds(500, { ...plan, purgeDays: -1 }), RangeError);
});

test('neighbourhoodOf() tells a plateau from a lone peak', () => {
  const grid = (score: (x: number, y: number) => number): GridScore[] =>
    Array.from({ length: 25 }, (_, place) => {
      const places = [place % 5, Math.floor(place / 5)];
      return { places, score: score(places[0] ?? 0, places[1] ?? 0) };
    });
  const optimum = (score: number): GridScore => ({ places: [2, 2], score });

  const plateau = neighbourhoodOf(
    grid(() => 1.5),
    optimum(1.5),
  );
  assert.deepEqual([plateau.neighbours, plateau.positive, plateau.stability, plateau.plateauShare], [8, 8, 1, 1]);
  const peak = neighbourhoodOf(
    grid((x, y) => (x === 2 && y === 2 ? 2 : -1)),
    optimum(2),
  );
  assert.equal(peak.positive, 0);
  assert.deepEqual([peak.meanScore, peak.worstScore, peak.stability, peak.plateauShare], [-1, -1, -0.5, 0.04]);
  const corner = neighbourhoodOf(
    grid(() => NaN),
    { places: [0, 0], score: 1 },
  );
  assert.deepEqual([corner.neighbours, corner.meanScore], [3, 0]);
});

test('monteCarloTable() says of the same histories how deep, how often and on which way', () => {
  const returns = Array.from({ length: 300 }, (_, day) => (((day * 7919) % 101) - 49) / 5_000);
  const drawn = bootstrapReturns({ returns, meanBlock: 10, runs: 500, seed: 5 });

  const table = monteCarloTable(drawn)!;

  const totals = table.percentiles.map(({ totalReturn }) => totalReturn);
  assert.deepEqual(
    totals.toSorted((a, b) => a - b),
    totals,
  );
  assert.equal(table.percentiles[3]?.totalReturn, percentile(drawn.returns, 0.5));
  assert.equal(table.lossProbability, drawn.returns.filter((each) => each < 0).length / 500);
  const [first, last] = [table.bands[0]!, table.bands.at(-1)!];
  assert.deepEqual([first.step, first.values], [0, [1, 1, 1, 1, 1]]);
  assert.equal(last.step, 300);
  // The last band is the distribution of the final value itself.
  assert.ok(Math.abs(last.values[2]! - 1 - percentile(drawn.returns, 0.5)) < 1e-12);
  assert.equal(table.bands.length, 61);
  const ruin = table.ruin.map(({ probability }) => probability);
  assert.deepEqual(
    ruin.toSorted((a, b) => b - a),
    ruin,
  );
  assert.equal(monteCarloTable(bootstrapReturns({ returns: [], meanBlock: 5, runs: 9, seed: 1 })), null);
});

test('shuffleTrades() leaves an account that came to nothing where it is', () => {
  const drawn = shuffleTrades({ profits: [-150, 100], initialCash: 100, runs: 200, seed: 3 });

  // Loss first: ruined. Gain first: 200 − 150.
  assert.deepEqual([drawn.returns[0], drawn.returns.at(-1)], [-1, -0.5]);
  assert.throws(() => shuffleTrades({ profits: [1], initialCash: 1, runs: 20_001, seed: 1 }), RangeError);
});
