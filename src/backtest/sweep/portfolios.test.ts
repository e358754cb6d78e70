import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import { readRecipeSettings } from '#strategy/recipes/recipe.ts';
import { recipeById } from '#strategy/recipes/recipes.ts';
import { runBacktest } from '../engine.ts';
import { handSeries, waveBars } from '../hand-bars.ts';
import { sweepTrials } from '../validation/sweep-trials.ts';
import { portfolioName, portfoliosOf } from './portfolios.ts';
import { runSweep } from './run-sweep.ts';
import type { Combination, SweepOptions } from './sweep.ts';

const symbols = ['069500', '229200', '091160'];
const series = symbols.map((symbol, index) => handSeries(symbol, 20_220_103, waveBars(300, index * 25)));
const recipe = recipeById('dual-momentum')!;
const combinations: readonly Combination[] = [{ lookback: 20 }, { lookback: 40, top: 2 }, { lookback: 9_999 }];
const options: Omit<SweepOptions, 'keep'> = {
  subject: { kind: 'recipe', name: 'dual-momentum', texts: {} },
  series,
  instruments: symbols.map((symbol) => listingOf(symbol)!),
  combinations,
  from: 20_220_401,
  to: 20_230_228,
  initialCash: won(10_000_000),
  limits: starter,
};

/** What `snowball backtest recipe:dual-momentum --set …` gives. */
function backtestOf(values: Combination) {
  const read = readRecipeSettings(recipe, values);
  assert.ok(read.kind === 'settings');
  const strategy = recipe.build({ name: recipe.id, symbols }, read.values, read.texts);
  return runBacktest({ ...options, strategy, sha256: () => '' }).result;
}

describe('portfoliosOf()', () => {
  test('portfoliosOf() gives rules an account an instrument, and recipes and code one for all', () => {
    assert.deepEqual(portfoliosOf({ kind: 'program' }, series).map(portfolioName), symbols);
    assert.deepEqual(portfoliosOf({ kind: 'recipe' }, series).map(portfolioName), ['069500+229200+091160']);
    assert.deepEqual(portfoliosOf({ kind: 'code' }, series).map(portfolioName), ['069500+229200+091160']);
  });

  test('runSweep() of a recipe over several instruments gives what runBacktest() gives, to the won, and says what it refuses', () => {
    const runs = runSweep({ ...options, keep: 'trades' });

    assert.deepEqual(
      runs.map(({ kind, symbol }) => [kind, symbol]),
      ['run', 'run', 'refused'].map((kind) => [kind, '069500+229200+091160']),
    );
    for (const [place, values] of combinations.slice(0, 2).entries()) {
      const run = runs[place]!;
      const { equity, trades, metrics, orders } = backtestOf(values);
      assert.ok(run.kind === 'run' && trades.length > 4);
      assert.deepEqual(
        [...run.equity!],
        equity.map(({ value }) => value),
      );
      assert.deepEqual(
        run.trades,
        trades.map(({ symbol, side, date, price, quantity, fee, tax, profit }) => {
          return { symbol, side, date, price, quantity, fee, tax, profit };
        }),
      );
      assert.deepEqual([run.figures.finalValue, run.figures.orders], [metrics.finalValue, orders.length]);
    }
  });

  test('runSweep() of a recipe gives the same for a combination whatever ran before it', () => {
    const [first, second] = combinations;
    const [alone] = runSweep({ ...options, combinations: [second!], keep: 'trades' });
    const after = runSweep({ ...options, combinations: [first!, first!, second!], keep: 'trades' });

    assert.deepEqual({ ...after[2], combination: 0 }, alone);
    assert.deepEqual({ ...after[1], combination: 0 }, after[0]);
  });

  test('sweepTrials() of a recipe is the one account that all instruments share', async () => {
    const { subject, instruments, initialCash, limits, from, to } = options;
    const { runTrials, closedProfits } = sweepTrials({ subject, series, instruments, initialCash, limits });
    const trial = { parameters: combinations[0]!, places: [0] };

    const [record] = await runTrials([trial], { from, to });
    const profits = await closedProfits(trial, { from, to });

    const { equity, trades } = backtestOf(combinations[0]!);
    assert.equal(record!.initialCash, 10_000_000);
    assert.deepEqual(
      [...record!.dates].map((date, day) => [date, record!.values[day]]),
      equity.map(({ date, value }) => [date, value]),
    );
    assert.ok(profits.length > 0 && profits.length <= trades.filter(({ side }) => side === 'sell').length);
  });
});
