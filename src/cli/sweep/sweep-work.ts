import type { PackedRuns } from '#backtest/sweep/packed-runs.ts';
import type { SweepRun } from '#backtest/sweep/sweep.ts';
import type { SweepAccount, SweepJob } from './sweep-crew.ts';

/** What a worker thread is given for one sweep; the bars it has since it began, in shared memory. */
export interface SweepWork extends Pick<SweepJob, 'combinations' | 'from' | 'to' | 'keep'> {
  /** Places among `portfoliosOf`. */
  readonly portfolios: readonly number[];
  /** Stretches of combinations, each of one portfolio; taken in order by whoever is free. */
  readonly units: readonly SweepUnit[];
  readonly control: SweepControl;
  /** As `RunTable.done`. */
  readonly skip: Uint8Array;
}

/** What a worker thread begins with; `series` have their columns in shared memory. */
export type SweepBeginning = SweepAccount;

export interface SweepUnit {
  /** Place in `SweepWork.portfolios`. */
  readonly portfolio: number;
  /** Combinations from `from` to `to`, `to` not included. */
  readonly from: number;
  readonly to: number;
}

/** Shared memory: the next unit to take, and whether to stop. */
export type SweepControl = Int32Array<SharedArrayBuffer>;

export const nextUnit = 0;
export const stopFlag = 1;

/** What a worker posts back; `idle` ends each sweep. */
export type SweepNews =
  | ({ readonly kind: 'runs' } & PackedRuns)
  /** With equity or trades. */
  | { readonly kind: 'kept'; readonly runs: readonly SweepRun[] }
  | { readonly kind: 'idle' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/**
 * Cuts a sweep into units: whole portfolios while there are enough of them for every worker to be busy to the end, since
 * whoever takes one computes its indicators; else stretches of combinations.
 */
export function sweepUnits(portfolios: number, combinations: number, workers: number): readonly SweepUnit[] {
  const wanted = workers * 4;
  const parts = portfolios >= wanted ? 1 : Math.ceil(wanted / Math.max(1, portfolios));
  const length = Math.max(1, Math.ceil(combinations / parts));
  const units: SweepUnit[] = [];
  for (let place = 0; place < portfolios; place += 1) {
    for (let from = 0; from < combinations; from += length) {
      units.push({ portfolio: place, from, to: Math.min(combinations, from + length) });
    }
  }
  return units;
}
