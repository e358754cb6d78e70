import { availableParallelism } from 'node:os';
import { limitProfiles } from '#backtest/limit-profile.ts';
import { portfoliosOf } from '#backtest/sweep/portfolios.ts';
import { sweepObjectives, type SweepObjective } from '#backtest/sweep/sweep-objective.ts';
import type { SweepOptions, SweepRun } from '#backtest/sweep/sweep.ts';
import { FixConfiguration, SnowballError } from '#domain/errors.ts';
import { won } from '#domain/won.ts';
import { say } from '#link/language.ts';
import { fillsOf, type FillOptions } from '../backtest/fill-options.ts';
import { stampOption } from '../backtest/run-bars.ts';
import { loadBars } from '../bars/backtest-bars.ts';
import { withBenchmark } from '../research/benchmark-option.ts';
import { listingsOf } from '../research/listing-option.ts';
import { instrumentsOf, warnOfGaps } from '../bars/research-bars.ts';
import { researchInterval } from '../research/research-interval.ts';
import { cashOf, profileOf, someSymbols, symbolsOf, wrongOption } from '../research/research-options.ts';
import { readResearchStrategy, type ResearchStrategy } from '../research/research-strategy.ts';
import { spanOf } from '../research/research-span.ts';
import { settingsOf } from '../strategy/strategy-source.ts';
import { progressLine } from '../terminal/progress.ts';
import { bayesianRuns } from './bayesian-runs.ts';
import { openFinishedRuns } from './finished-runs.ts';
import { noteEnginePath } from './engine-path-note.ts';
import { optimiseResultOf, type OptimiseResult } from './optimise-result.ts';
import { researchCrew } from './research-crew.ts';
import { searchPlanOf, wholeOf, type SearchPlan } from './search-plan.ts';

/** What `snowball optimise` was called with, as it was written. */
export interface SearchOptions extends FillOptions {
  readonly bars?: string;
  readonly interval?: string;
  readonly stamp?: string;
  readonly benchmark?: string;
  readonly listing?: readonly string[];
  readonly symbols?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cash: string;
  readonly profile: string;
  readonly grid: readonly string[];
  /** `--set`, settings that are the same in every combination. */
  readonly set?: readonly string[];
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
  const objective = objectiveOf(options.objective);
  const workers = wholeOf('--workers', options.workers ?? String(availableParallelism()), 1, workersMax);
  const asked = symbolsOf(options.symbols);
  const strategy = await readResearchStrategy(path, { settings: settingsOf(options.set ?? []), symbols: asked });
  const plan = searchPlanOf(options, strategy);
  const sweep = await sweepOf(strategy, asked, { options, plan });
  noteEnginePath(sweep);
  const portfolios = portfoliosOf(sweep.subject, sweep.series).length;
  const wanted = Math.min(plan.tries ?? Infinity, plan.trials.length) * portfolios;
  const runs = await runsOf({ strategy, sweep, plan, objective, workers, wanted, resume: options.resume });
  const refusal = runs.find((run) => run.kind === 'refused');
  if (refusal?.kind === 'refused' && runs.every((run) => run.kind === 'refused')) throw nothingRan(refusal.reason);
  const result = optimiseResultOf({ options: sweep, runs, wanted, objective });
  return { result, plan };
}

type Sweep = Omit<SweepOptions, 'keep' | 'onRun'>;

async function sweepOf(
  strategy: ResearchStrategy,
  asked: readonly string[] | null,
  { options, plan }: { readonly options: SearchOptions; readonly plan: SearchPlan },
): Promise<Sweep> {
  const symbols = someSymbols(asked ?? strategy.targets.map(({ symbol }) => symbol));
  const stamp = stampOption(options.stamp);
  const listings = listingsOf(options.listing);
  const interval = researchInterval(strategy, options.interval);
  const fills = fillsOf(options);
  const bars = await loadBars(symbols, options.bars, { interval, ...(stamp === undefined ? {} : { stamp }) });
  const { from, to } = spanOf(options, bars.series);
  warnOfGaps(bars, from, to);
  return {
    subject: await withBenchmark(strategy.subject, options, interval),
    series: bars.series,
    instruments: instrumentsOf(symbols, { targets: strategy.targets, bars, listings }),
    combinations: plan.trials.map(({ parameters }) => parameters),
    from,
    to,
    initialCash: won(cashOf(options.cash)),
    limits: limitProfiles[profileOf(options.profile)],
    ...(fills === undefined ? {} : { fills }),
  };
}

/** The first Ctrl-C ends the search with what is done; what it found is still told. */
async function runsOf(search: {
  readonly strategy: ResearchStrategy;
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
  const common = { done, onRuns, signal: cancel.signal };
  const { combinations, from, to, ...account } = sweep;
  const crew = researchCrew(search.strategy, account, search.workers);
  try {
    if (plan.tries !== null) {
      return await bayesianRuns({ ...common, options: sweep, crew, plan, objective: search.objective });
    }
    return await crew.run({ ...common, combinations, from, to, keep: 'figures' });
  } catch (error) {
    // What such a strategy left in the file may be wrong as well.
    if (error instanceof SnowballError && error.code === 'optimise.strategy-state') file?.clear();
    throw error;
  } finally {
    progress.end();
    await crew.close();
    process.off('SIGINT', onInterrupt);
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
