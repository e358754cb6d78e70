import type { FillModel } from '#backtest/desk/fill-model.ts';
import type { Validation } from '#backtest/validation/validate.ts';

/** The JSON of `snowball validate --json`: what was asked, and all that was found. Days are yyyymmdd, money is won. */
export interface ValidationFile {
  readonly format: 1;
  readonly kind: 'validation';
  readonly strategy: {
    readonly name: string;
    /** Of the strategy's file as it was validated. */
    readonly sha256: string;
    /** See `shapeOf`: of all but the values of the grid's parameters. */
    readonly shapeSha256: string;
  };
  readonly symbols: readonly string[];
  /** Left out of a validation over days. */
  readonly interval?: '1m';
  readonly from: number;
  readonly to: number;
  /** Of each symbol. */
  readonly initialCash: number;
  readonly profile: string;
  /** What was believed of bars; left out when nothing was chosen. */
  readonly fills?: FillModel;
  /** Of the Monte Carlo, with its mean block in days and its seed. */
  readonly runs: number;
  readonly meanBlock: number;
  readonly seed: number;
  readonly validation: Validation;
}
