import type { Combination, SweepOptions, SweepRun } from '#backtest/sweep/sweep.ts';

/** What every sweep of one search or validation has in common. */
export type SweepAccount = Omit<SweepOptions, 'combinations' | 'from' | 'to' | 'keep' | 'onRun' | 'path'>;

/** One sweep: combinations over a span of days. */
export interface SweepJob {
  readonly combinations: readonly Combination[];
  /** yyyymmdd, both included. */
  readonly from: number;
  readonly to: number;
  readonly keep: SweepOptions['keep'];
  /** Places among `portfoliosOf`, ascending; all when left out. */
  readonly portfolios?: readonly number[];
  /** Runs that are done already, from a file. */
  readonly done?: readonly SweepRun[];
  /** Told of new runs as they end, in any order. */
  readonly onRuns?: (runs: readonly SweepRun[]) => void;
  /** Ends the sweep early; what is done by then is the result. */
  readonly signal?: AbortSignal;
}

/** Threads or sandboxes that have the bars of one search and stay until it is over. One sweep at a time. */
export interface SweepCrew {
  /**
   * @returns what is done, in the order of the portfolios and, within one, of the combinations, whatever the number of
   *   workers
   * @throws {FixConfiguration} the codes of `checkOptions`; of a strategy file `backtest.strategy-failed`,
   *   `optimise.strategy-state`
   */
  readonly run: (job: SweepJob) => Promise<readonly SweepRun[]>;
  readonly close: () => Promise<void>;
}
