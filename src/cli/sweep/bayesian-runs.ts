import { setImmediate } from 'node:timers/promises';
import { MarketDays } from '#backtest/sweep/market-days.ts';
import { ranking } from '#backtest/sweep/ranking.ts';
import { startSweep } from '#backtest/sweep/run-sweep.ts';
import { BayesianSearch } from '#backtest/sweep/search/bayesian-search.ts';
import type { SweepObjective } from '#backtest/sweep/sweep-objective.ts';
import type { SweepOptions, SweepRun } from '#backtest/sweep/sweep.ts';
import type { SearchPlan } from './search-plan.ts';

/**
 * Runs the tries of a Bayesian search, one after the other since each depends on the last, in this thread. Runs found in
 * `done` are not run again, so that a search that was cut short goes on where it was.
 */
export async function bayesianRuns(search: {
  readonly options: Omit<SweepOptions, 'keep' | 'onRun'>;
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
  const start = startSweep({ ...options, keep: 'figures' }, new MarketDays());
  const series = options.series.map(start);
  const known = Map.groupBy(search.done, ({ combination }) => combination);
  const runs: SweepRun[] = [];
  for (let tries = 0; tries < (plan.tries ?? 0); tries += 1) {
    const place = bayesian.next();
    if (place === null || signal.aborted) break;
    const before = known.get(place) ?? [];
    const found = before.length === series.length ? before : series.map((run) => run(place));
    if (found !== before) search.onRuns(found);
    runs.push(...found);
    bayesian.tell(place, ranking(found, objective, series.length)[0]?.score ?? null);
    // Ctrl-C is heard between two tries.
    await setImmediate();
  }
  return runs;
}
