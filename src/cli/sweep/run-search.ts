import { availableParallelism } from 'node:os';
import { limitProfiles } from '#backtest/limit-profile.ts';
import { sweepObjectives, type SweepObjective } from '#backtest/sweep/sweep-objective.ts';
import type { SweepOptions, SweepRun } from '#backtest/sweep/sweep.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { won } from '#domain/won.ts';
import { say } from '#link/language.ts';
import { loadBars } from '../backtest-bars.ts';
import { firstDay, instrumentOf, lastDay, warnOfGaps } from '../research-bars.ts';
import { cashOf, dayOf, profileOf, symbolsOf, wrongOption } from '../research-options.ts';
import { readResearchStrategy } from '../research-strategy.ts';
import { progressLine } from '../terminal/progress.ts';
import { bayesianRuns } from './bayesian-runs.ts';
import { openFinishedRuns } from './finished-runs.ts';
import { optimiseResultOf, type OptimiseResult } from './optimise-result.ts';
import { searchPlanOf, wholeOf, type SearchPlan } from './search-plan.ts';
import { sweepInWorkers } from './sweep-pool.ts';

/** What `snowball optimise` was called with, as it was written. */
export interface SearchOptions {
  readonly bars?: string;
  readonly symbols?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cash: string;
  readonly profile: string;
  readonly grid: readonly string[];
  readonly random?: string;
  readonly bayes?: string;
  readonly seed: string;
  readonly objective: string;
  readonly workers?: string;
  readonly resume?: string;
}

const workersMax = 64;

/**
 * Runs a search over bars: every combination of the grid, or some of them.
 *
 * @param path of the strategy
 * @returns what is done, all of it unless Ctrl-C came
 * @throws {FixConfiguration} `cli.option`, `optimise.no-combination`, `optimise.other-sweep`; the codes of
 *   `readResearchStrategy`, `loadBars` and `runSweep`
 */
export async function runSearch(
  path: string,
  options: SearchOptions,
): Promise<{ readonly result: OptimiseResult; readonly plan: SearchPlan }> {
  const plan = searchPlanOf(options);
  const objective = objectiveOf(options.objective);
  const sweep = sweepOf(path, options, plan);
  const workers = wholeOf('--workers', options.workers ?? String(availableParallelism()), 1, workersMax);
  const wanted = Math.min(plan.tries ?? Infinity, plan.trials.length) * sweep.series.length;
  const runs = await runsOf({ sweep, plan, objective, workers, wanted, resume: options.resume });
  const refusal = runs.find((run) => run.kind === 'refused');
  if (refusal?.kind === 'refused' && runs.every((run) => run.kind === 'refused')) throw nothingRan(refusal.reason);
  const result = optimiseResultOf({ options: sweep, runs, wanted, objective });
  return { result, plan };
}

type Sweep = Omit<SweepOptions, 'keep' | 'onRun'>;

function sweepOf(path: string, options: SearchOptions, plan: SearchPlan): Sweep {
  const strategy = readResearchStrategy(path);
  const symbols = symbolsOf(options.symbols) ?? strategy.targets.map(({ symbol }) => symbol);
  if (symbols.length === 0) {
    throw wrongOption('--symbols', '', say('005930 같은 여섯 자리 코드', 'six-character codes such as 005930'));
  }
  const bars = loadBars(symbols, options.bars);
  const from = dayOf('--from', options.from) ?? firstDay(bars.series);
  const to = dayOf('--to', options.to) ?? lastDay(bars.series);
  warnOfGaps(bars, from, to);
  return {
    subject: strategy.subject,
    series: bars.series,
    instruments: symbols.map((symbol) => instrumentOf(symbol, strategy.targets, bars)),
    combinations: plan.trials.map(({ parameters }) => parameters),
    from,
    to,
    initialCash: won(cashOf(options.cash)),
    limits: limitProfiles[profileOf(options.profile)],
  };
}

/** The first Ctrl-C ends the search with what is done; what it found is still told. */
async function runsOf(search: {
  readonly sweep: Sweep;
  readonly plan: SearchPlan;
  readonly objective: SweepObjective;
  readonly workers: number;
  readonly wanted: number;
  readonly resume: string | undefined;
}): Promise<readonly SweepRun[]> {
  const { sweep, plan, wanted } = search;
  const file = search.resume === undefined ? null : openFinishedRuns(search.resume, sweep);
  const done = file?.runs ?? [];
  const progress = progressLine(say('조합을 돌리는 중', 'searching'));
  const cancel = new AbortController();
  const onInterrupt = (): void => cancel.abort();
  process.once('SIGINT', onInterrupt);
  let count = done.length;
  const onRuns = (runs: readonly SweepRun[]): void => {
    file?.add(runs);
    count += runs.length;
    progress.show(Math.min(1, count / wanted));
  };
  const common = { options: sweep, done, onRuns, signal: cancel.signal };
  try {
    if (plan.tries !== null) return await bayesianRuns({ ...common, plan, objective: search.objective });
    return await sweepInWorkers({ ...common, workers: search.workers });
  } finally {
    process.off('SIGINT', onInterrupt);
    progress.end();
    file?.close();
  }
}

function objectiveOf(text: string): SweepObjective {
  const found = sweepObjectives.find((objective) => objective === text);
  if (found !== undefined) return found;
  throw wrongOption('--objective', text, sweepObjectives.join(' | '));
}

function nothingRan(reason: string): FixConfiguration {
  return new FixConfiguration(
    'optimise.no-combination',
    say(
      `이 격자로는 전략을 만들 수 없어요: ${reason}. --grid의 이름과 범위를 확인해 주세요.`,
      `Cannot search this grid: no combination makes a strategy (${reason}), wanted names and ranges that the strategy takes.`,
    ),
  );
}
