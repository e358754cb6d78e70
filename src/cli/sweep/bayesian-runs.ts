import { setImmediate } from 'node:timers/promises';
import { MarketDays } from '#backtest/sweep/market-days.ts';
import { portfoliosOf } from '#backtest/sweep/portfolios.ts';
import { ranking } from '#backtest/sweep/ranking.ts';
import { startSweep } from '#backtest/sweep/run-sweep.ts';
import { BayesianSearch } from '#backtest/sweep/search/bayesian-search.ts';
import type { SweepObjective } from '#backtest/sweep/sweep-objective.ts';
import type { SweepOptions, SweepRun } from '#backtest/sweep/sweep.ts';
import type { SearchPlan } from './search-plan.ts';
import type { SweepCrew } from './sweep-crew.ts';

/**
 * Runs the tries of a Bayesian search, one after the other since each depends on the last: rules in this thread, code by
 * the crew. Runs found in `done` are not run again, so that a search that was cut short goes on where it was.
 */
export async function bayesianRuns(search: {
  readonly options: Omit<SweepOptions, 'keep' | 'onRun'>;
  readonly crew: SweepCrew;
  readonly plan: SearchPlan;
  readonly objective: SweepObjective;
  readonly done: readonly SweepRun[];
  readonly onRuns: (runs: readonly SweepRun[]) => void;
  readonly signal: AbortSignal;
}): Promise<readonly SweepRun[]> {
  const { options, plan, objective, signal } = search;
  const bayesian = new BayesianSearch(
    plan.axes.map(({ values }) => values.length),
    plan.seed,
  );
  const portfolios = portfoliosOf(options.subject, options.series).length;
  const runPlace = options.subject.kind === 'code' ? byCrew(search) : inThisThread(options);
  const known = Map.groupBy(search.done, ({ combination }) => combination);
  const runs: SweepRun[] = [];
  for (let tries = 0; tries < (plan.tries ?? 0); tries += 1) {
    const place = bayesian.next();
    if (place === null || signal.aborted) break;
    const before = known.get(place) ?? [];
    const found = before.length === portfolios ? before : await runPlace(place);
    if (found.length < portfolios) break;
    if (found !== before) search.onRuns(found);
    runs.push(...found);
    bayesian.tell(place, ranking(found, objective, portfolios)[0]?.score ?? null);
    // Ctrl-C is heard between two tries.
    await setImmediate();
  }
  return runs;
}

type RunPlace = (place: number) => Promise<readonly SweepRun[]>;

function inThisThread(options: Omit<SweepOptions, 'keep' | 'onRun'>): RunPlace {
  const start = startSweep({ ...options, keep: 'figures' }, new MarketDays());
  const runs = portfoliosOf(options.subject, options.series).map((portfolio) => start(portfolio));
  return async (place) => runs.map((run) => run(place));
}

function byCrew({ crew, options, signal }: Parameters<typeof bayesianRuns>[0]): RunPlace {
  const { combinations, from, to } = options;
  return async (place) => {
    const combination = combinations[place] ?? {};
    const runs = await crew.run({ combinations: [combination], from, to, keep: 'figures', signal });
    return runs.map((run) => ({ ...run, combination: place }));
  };
}
