import type { PackedRuns } from '#backtest/sweep/packed-runs.ts';
import type { SweepOptions } from '#backtest/sweep/sweep.ts';
import type { BarSeries } from '#domain/bar.ts';

/** What a worker thread is given; everything that grows with the bars lies in shared memory. */
export interface SweepWork {
  readonly options: Omit<SweepOptions, 'series' | 'keep' | 'onRun'>;
  /** With columns in shared memory. */
  readonly series: readonly BarSeries[];
  /** Stretches of combinations, each of one series; taken in order by whoever is free. */
  readonly units: readonly SweepUnit[];
  readonly control: SweepControl;
  /** 1 for each run that need not be done: at the series' place × number of combinations + the combination's. */
  readonly skip: Uint8Array;
}

export interface SweepUnit {
  /** Place of the series. */
  readonly series: number;
  /** Combinations from `from` to `to`, `to` not included. */
  readonly from: number;
  readonly to: number;
}

/** Shared memory: the next unit to take, and whether to stop. */
export type SweepControl = Int32Array<SharedArrayBuffer>;

export const nextUnit = 0;
export const stopFlag = 1;

/** What a worker posts back. */
export type SweepNews =
  | ({ readonly kind: 'runs'; readonly series: number } & PackedRuns)
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/**
 * Cuts a sweep into units: whole series while there are enough of them for every worker to be busy to the end, since
 * whoever takes one computes its indicators; else stretches of combinations.
 */
export function sweepUnits(series: number, combinations: number, workers: number): readonly SweepUnit[] {
  const wanted = workers * 4;
  const parts = series >= wanted ? 1 : Math.ceil(wanted / Math.max(1, series));
  const length = Math.max(1, Math.ceil(combinations / parts));
  const units: SweepUnit[] = [];
  for (let place = 0; place < series; place += 1) {
    for (let from = 0; from < combinations; from += length) {
      units.push({ series: place, from, to: Math.min(combinations, from + length) });
    }
  }
  return units;
}
