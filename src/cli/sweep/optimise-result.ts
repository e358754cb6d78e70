import { ordinaryFills, type FillModel } from '#backtest/desk/fill-model.ts';
import { portfoliosOf } from '#backtest/sweep/portfolios.ts';
import { ranking } from '#backtest/sweep/ranking.ts';
import type { SweepObjective } from '#backtest/sweep/sweep-objective.ts';
import type { BarInterval } from '#domain/bar.ts';
import type { Combination, SweepFigures, SweepOptions, SweepRun } from '#backtest/sweep/sweep.ts';

/** The JSON of `snowball optimise --json`. Days are yyyymmdd. The same search gives the same bytes. */
export interface OptimiseResult {
  readonly strategy: string;
  readonly symbols: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly initialCash: number;
  /** Bars that were decided on; left out when they are of days. */
  readonly interval?: BarInterval;
  /** What was believed of bars; left out when nothing was chosen. */
  readonly fills?: FillModel;
  readonly objective: SweepObjective;
  /** How many runs, each of one combination over one account, by the path they took. */
  readonly runs: Readonly<Record<'sparse' | 'fused' | 'event' | 'refused', number>>;
  /** Runs there would be in all. */
  readonly wanted: number;
  /** False when the search was stopped. */
  readonly isComplete: boolean;
  /** The best first. */
  readonly combinations: readonly {
    /** Place in the search. */
    readonly combination: number;
    readonly parameters: Combination;
    /** Mean over the accounts; higher is better. */
    readonly score: number;
    /** One an account, in the order of `symbols`; of a strategy over several it is one, named `005930+000660`. */
    readonly figures: readonly (SweepFigures & { readonly symbol: string })[];
  }[];
}

export function optimiseResultOf(search: {
  readonly options: Omit<SweepOptions, 'keep' | 'onRun'>;
  readonly runs: readonly SweepRun[];
  readonly wanted: number;
  readonly objective: SweepObjective;
}): OptimiseResult {
  const { options, runs, wanted, objective } = search;
  const { subject, series, combinations, from, to, initialCash, fills } = options;
  const count = { sparse: 0, fused: 0, event: 0, refused: 0 };
  for (const run of runs) count[run.kind === 'run' ? run.path : 'refused'] += 1;
  return {
    strategy: subject.name,
    symbols: series.map(({ instrument }) => instrument.slice(4)),
    from,
    to,
    initialCash,
    ...(series[0]?.interval === '1m' ? { interval: '1m' as const } : {}),
    ...(fills === undefined ? {} : { fills: { ...ordinaryFills, ...fills } }),
    objective,
    runs: count,
    wanted,
    isComplete: runs.length >= wanted,
    combinations: ranking(runs, objective, portfoliosOf(subject, series).length).map(
      ({ combination, score, figures }) => ({
        combination,
        parameters: combinations[combination] ?? {},
        score,
        figures: figures.map((one) => ({ symbol: one.symbol, ...one.figures })),
      }),
    ),
  };
}
