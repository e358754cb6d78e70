import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';

import { annualRate, compounded, placeOfBest, scoreOf } from './objective.ts';
import { purgedFolds, purgedValidation } from './purged-folds.ts';
import { returnsOf, type RunTrials, type Trial } from './trial.ts';
import { walkForward } from './walk-forward.ts';

const trialsOf = (count: number): Trial[] =>
  Array.from({ length: count }, (_, place) => ({ parameters: { speed: place }, places: [place] }));

/** Days 1, 2, 3, …; each run begins with 1,000 won and earns the column's return of each day. */
function runnerOf(columns: readonly (readonly number[])[]): RunTrials {
  return (trials, { from, to }) =>
    trials.map(({ places }) => {
      const days = (columns[places[0] ?? 0] ?? []).slice(from - 1, to);
      let value = 1_000;
      const values = Float64Array.from(days, (each) => (value *= 1 + each));
      return { initialCash: 1_000, dates: Int32Array.from(days, (_, day) => from + day), values };
    });
}

const daysOf = (count: number) => Int32Array.from({ length: count }, (_, day) => day + 1);

test('walkForward() runs the optimum of each part over the days after it, and stitches those', async () => {
  // The first wins days 1-2, the second days 3-4; each loses a half when it is its turn to prove itself.
  const columns = [
    [0.2, 0.1, -0.5, 0, 0, 0.1],
    [0, 0, 0.3, 0.3, -0.5, 0],
  ];

  const walk = await walkForward({
    trials: trialsOf(2),
    runTrials: runnerOf(columns),
    dates: daysOf(6),
    plan: { kind: 'rolling', inSampleDays: 2, outOfSampleDays: 2, purgeDays: 0 },
    objective: 'total-return',
  });

  assert.deepEqual(
    walk.folds.map(({ parameters, inSample, outOfSample }) => ({ parameters, inSample, outOfSample })),
    [
      { parameters: { speed: 0 }, inSample: [{ from: 1, to: 2 }], outOfSample: { from: 3, to: 4 } },
      { parameters: { speed: 1 }, inSample: [{ from: 3, to: 4 }], outOfSample: { from: 5, to: 6 } },
    ],
  );
  assert.deepEqual(
    walk.equity.map(({ date, value }) => [date, Number(value.toFixed(9))]),
    [
      [3, 0.5],
      [4, 0.5],
      [5, 0.25],
      [6, 0.25],
    ],
  );
  assert.equal(walk.winningFolds, 0);
  assert.ok(Math.abs(walk.outOfSampleDrawdown + 0.75) < 1e-12);
  // 0.25^(252/4) − 1 over the mean of 1.32^126 − 1 and 1.69^126 − 1.
  const wanted = (0.25 ** 63 - 1) / ((1.32 ** 126 - 1 + 1.69 ** 126 - 1) / 2);
  assert.ok(Math.abs((walk.efficiency ?? NaN) / wanted - 1) < 1e-9);
});

test('walkForward() keeps everything that was promised when the same days come again', async () => {
  const week = [0.01, -0.004, 0.006, -0.002, 0.003];
  const columns = [week, week.map((each) => each - 0.002)].map((days) => Array.from({ length: 8 }, () => days).flat());

  const walk = await walkForward({
    trials: trialsOf(2),
    runTrials: runnerOf(columns),
    dates: daysOf(40),
    plan: { kind: 'anchored', inSampleDays: 10, outOfSampleDays: 5, purgeDays: 0 },
    objective: 'sharpe',
  });

  assert.equal(walk.folds.length, 6);
  assert.ok(walk.folds.every(({ parameters }) => parameters['speed'] === 0));
  assert.ok(Math.abs((walk.efficiency ?? NaN) - 1) < 1e-9);
  assert.equal(walk.winningFolds, 1);
  assert.ok(
    Math.abs((walk.equity.at(-1)?.value ?? NaN) - (1 + compounded(Float64Array.from(week)).total) ** 6) < 1e-12,
  );
});

test('walkForward() has no efficiency where the optimisation itself made nothing', async () => {
  const walk = await walkForward({
    trials: trialsOf(1),
    runTrials: runnerOf([[-0.1, -0.1, 0.2, 0.2]]),
    dates: daysOf(4),
    plan: { kind: 'rolling', inSampleDays: 2, outOfSampleDays: 2, purgeDays: 0 },
    objective: 'total-return',
  });

  assert.equal(walk.efficiency, null);
});

test('walkForward() decides nothing by days that come later', async () => {
  const day = fc.double({ min: -0.1, max: 0.1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(day, { minLength: 40, maxLength: 40 }), { minLength: 2, maxLength: 5 }),
      fc.constantFrom('rolling' as const, 'anchored' as const),
      fc.integer({ min: 12, max: 39 }),
      async (columns, kind, changedFrom) => {
        const walkOver = (of: readonly (readonly number[])[]) =>
          walkForward({
            trials: trialsOf(of.length),
            runTrials: runnerOf(of),
            dates: daysOf(40),
            plan: { kind, inSampleDays: 10, outOfSampleDays: 5, purgeDays: 2 },
            objective: 'sharpe',
          });
        const changed = columns.map((column, trial) =>
          column.map((each, place) => (place < changedFrom ? each : trial / 50)),
        );

        const [before, after] = [await walkOver(columns), await walkOver(changed)];

        // Days are numbered from 1: day `changedFrom` is the last that is the same in both.
        const untouched = before.folds.filter(({ outOfSample }) => outOfSample.to <= changedFrom);
        assert.deepEqual(after.folds.slice(0, untouched.length), untouched);
        // And a choice never depends on what it is judged by.
        const chosen = before.folds.filter(({ outOfSample }) => outOfSample.from <= changedFrom + 3);
        assert.deepEqual(
          after.folds.slice(0, chosen.length).map(({ parameters }) => parameters),
          chosen.map(({ parameters }) => parameters),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('purgedFolds() judges every day once and learns from none within purge and embargo of it', () => {
  const gap = fc.integer({ min: 0, max: 15 });
  fc.assert(
    fc.property(
      fc.integer({ min: 120, max: 400 }),
      fc.integer({ min: 2, max: 6 }),
      gap,
      gap,
      (days, folds, purgeDays, embargoDays) => {
        fc.pre(days - Math.ceil(days / folds) * 2 - 2 * purgeDays - embargoDays >= 0);
        let next = 0;
        for (const { inSample, outOfSample } of purgedFolds(days, { folds, purgeDays, embargoDays })) {
          assert.equal(outOfSample.start, next);
          next = outOfSample.end;
          for (const { start, end } of inSample) {
            assert.ok(start < end && start >= 0 && end <= days);
            const isBefore = end + purgeDays <= outOfSample.start;
            assert.ok(isBefore || start >= outOfSample.end + purgeDays + embargoDays);
          }
        }
        assert.equal(next, days);
      },
    ),
  );
  assert.throws(() => purgedFolds(20, { folds: 2, purgeDays: 5, embargoDays: 0 }), /wanted as many days to learn/);
  assert.throws(() => purgedFolds(100, { folds: 1, purgeDays: 0, embargoDays: 0 }), RangeError);
  assert.throws(() => purgedFolds(100, { folds: 4, purgeDays: -1, embargoDays: 0 }), RangeError);
});

test('purgedValidation() chooses by the days on both sides and judges by those between', () => {
  // The second is better in the middle third alone, so nobody who has not seen it chooses it there.
  const quiet = [0.02, -0.01, 0.02];
  const columns = [
    [...quiet, -0.1, -0.1, -0.1, ...quiet],
    [0, 0, 0, 0.3, 0.3, 0.3, 0, 0, 0],
  ].map((days) => Float64Array.from(days));

  const walk = purgedValidation({
    trials: trialsOf(2),
    returns: columns,
    dates: daysOf(9),
    plan: { folds: 3, purgeDays: 0, embargoDays: 0 },
    objective: 'total-return',
  });

  assert.deepEqual(
    walk.folds.map(({ parameters }) => parameters['speed']),
    [1, 0, 1],
  );
  assert.deepEqual(walk.folds[1]?.inSample, [
    { from: 1, to: 3 },
    { from: 7, to: 9 },
  ]);
  assert.ok(Math.abs((walk.equity.at(-1)?.value ?? NaN) - 0.9 ** 3) < 1e-12);
});

test('scoreOf(), annualRate() and placeOfBest() at their edges', () => {
  assert.equal(scoreOf(Float64Array.from([0, 0, 0]), 'sharpe'), 0);
  // Mean 0.01, sample deviation 0.02.
  assert.ok(Math.abs(scoreOf(Float64Array.from([0.03, -0.01, 0.01]), 'sharpe') - 0.5 * Math.sqrt(252)) < 1e-12);
  assert.ok(Math.abs(scoreOf(Float64Array.from([0.1, -0.5, 0.2]), 'drawdown') + 0.5) < 1e-12);
  assert.equal(annualRate(Float64Array.from([-1])), -1);
  assert.equal(annualRate(new Float64Array(0)), null);
  assert.deepEqual([placeOfBest([1, 3, 3]), placeOfBest([NaN, -1]), placeOfBest([NaN])], [1, 1, -1]);
});

test('returnsOf() counts the first day from the starting cash and stays at nothing', () => {
  const record = { initialCash: 100, dates: daysOf(4), values: Float64Array.from([110, 55, 0, 0]) };

  assert.deepEqual(
    [...returnsOf(record)].map((each) => Number(each.toFixed(12))),
    [0.1, -0.5, -1, 0],
  );
});
