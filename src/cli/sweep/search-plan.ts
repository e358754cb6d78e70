import { randomPlaces } from '#backtest/sweep/search/random-places.ts';
import type { GridAxis } from '#backtest/validation/heat-map.ts';
import type { Trial } from '#backtest/validation/trial.ts';
import { say } from '#link/language.ts';
import { readGrid } from '../research/grid-options.ts';
import { gridTrials } from '../research/parameter-grid.ts';
import { wrongOption } from '../research/research-options.ts';
import type { ResearchStrategy } from '../research/research-strategy.ts';

/** Which combinations a search runs. */
export interface SearchPlan {
  readonly axes: readonly GridAxis[];
  /** The whole grid, or those that were drawn from it. */
  readonly trials: readonly Trial[];
  /** Tries of the Bayesian search over `trials`; null when all of them are run. */
  readonly tries: number | null;
  readonly seed: number;
}

const triesMax = 2_000;

/** @throws {FixConfiguration} `cli.option` */
export function searchPlanOf(
  options: {
    readonly grid: readonly string[];
    readonly random?: string | undefined;
    readonly bayes?: string | undefined;
    readonly seed: string;
  },
  strategy: Pick<ResearchStrategy, 'subject' | 'parameters' | 'declared' | 'fixed'>,
): SearchPlan {
  if (options.random !== undefined && options.bayes !== undefined) {
    throw wrongOption('--bayes', options.bayes, say('--random 없이', 'no --random beside it'));
  }
  const axes = readGrid(options.grid, strategy);
  const trials = gridTrials(axes, strategy.fixed);
  const seed = wholeOf('--seed', options.seed, 0, 4_294_967_295);
  const tries = options.bayes === undefined ? null : wholeOf('--bayes', options.bayes, 1, triesMax);
  if (options.random === undefined) return { axes, trials, tries, seed };
  const count = wholeOf('--random', options.random, 1, 1_000_000);
  const chosen = new Set(randomPlaces(trials.length, count, seed));
  return { axes, trials: trials.filter((_, place) => chosen.has(place)), tries, seed };
}

/** @throws {FixConfiguration} `cli.option` */
export function wholeOf(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d{1,10}$/.test(text) && value >= least && value <= most) return value;
  throw wrongOption(option, text, say(`${least}에서 ${most} 사이의 정수`, `a whole number from ${least} to ${most}`));
}
