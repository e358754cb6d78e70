import type { BarSeries } from '#domain/bar.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';
import type { Limits } from '#guard/limits.ts';
import type { Strategy } from '#strategy/strategy.ts';

export interface BacktestOptions {
  /** A fresh one: strategies remember, so the same value must not be run twice. */
  readonly strategy: Strategy;
  /** Daily bars, one series for each instrument of the strategy; bars before `from` warm it up. */
  readonly series: readonly BarSeries[];
  /** What is known of each instrument of the strategy. */
  readonly instruments: readonly Instrument[];
  /** First and last day of decisions, yyyymmdd, both included. */
  readonly from: number;
  readonly to: number;
  readonly initialCash: Won;
  readonly limits: Limits;
  /** The broker's fee in parts per billion of each execution; KIS's online fee of the instrument's kind when left out. */
  readonly commissionPpb?: number;
  /** Lower-case hexadecimal SHA-256 of a text's UTF-8 bytes; handed in because pure folders hold no crypto. */
  readonly sha256: (text: string) => string;
  /** Called now and then with the share of days done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}
