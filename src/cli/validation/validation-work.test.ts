import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handSeries, waveBars } from '#backtest/hand-bars.ts';
import { runSweep } from '#backtest/sweep/run-sweep.ts';
import { sweepTrials } from '#backtest/validation/sweep-trials.ts';
import { validateOptimum, type ValidationPlan } from '#backtest/validation/validate.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import { presetById } from '#strategy/rules/presets/presets.ts';
import { gridTrials } from '../research/parameter-grid.ts';
import { ValidationWork } from './validation-work.ts';

const series = [handSeries('005930', 20_210_104, waveBars(300, 0))];
const account = {
  subject: { kind: 'program', name: 'cross', program: presetById('golden_cross')!.program },
  series,
  instruments: [listingOf('005930')!],
  initialCash: won(10_000_000),
  limits: starter,
  fills: { slippage: { kind: 'ticks', ticks: 1 } },
} as const;
const axes = [{ name: 'fast', values: [3, 4, 5] }];
const trials = gridTrials(axes, {});
const span = { from: series[0]!.date[0]!, to: series[0]!.date.at(-1)! };

async function sharesOf(plan: ValidationPlan): Promise<readonly number[]> {
  const work = new ValidationWork({ series, span, plan, trials: trials.length, portfolios: 1 });
  const shares: number[] = [];
  await validateOptimum({
    ...sweepTrials(account, (request) =>
      runSweep({ ...account, ...request, onRun: () => shares.push(work.share(1, request)) }),
    ),
    trials,
    axes,
    span,
    objective: 'sharpe',
    plan,
    monteCarlo: { runs: 10, meanBlock: 5, seed: 1 },
  });
  return shares;
}

test('ValidationWork counts days: three runs over the record are as much as thirty over folds of a tenth of it, and the last ends it', async () => {
  const walked = await sharesOf({ kind: 'rolling', inSampleDays: 30, outOfSampleDays: 30, purgeDays: 0 });
  const cut = await sharesOf({ kind: 'purged', folds: 4, purgeDays: 5, embargoDays: 5 });

  // 3 over 300 days and the best once more; 9 folds of 3 over 30 days each, and the best over 30 more.
  const wanted = 4 * 300 + 9 * 4 * 30;
  assert.equal(walked.length, 4 + 9 * 4);
  assert.deepEqual(
    walked.slice(0, 5),
    [300, 600, 900, 1_200, 1_230].map((days) => days / wanted),
  );
  assert.equal(walked.at(-1), 1);
  assert.deepEqual(cut, [0.25, 0.5, 0.75, 1]);
});

test('ValidationWork leaves a record too short for its plan, and a plan of no days, to the validation to refuse', async () => {
  for (const days of [300, 0]) {
    const plan = { kind: 'rolling', inSampleDays: days, outOfSampleDays: days, purgeDays: 0 } as const;
    const work = new ValidationWork({ series, span, plan, trials: 3, portfolios: 1 });

    assert.equal(work.share(3, span), 0.75);
    await assert.rejects(sharesOf(plan), /Cannot validate/);
  }
});
