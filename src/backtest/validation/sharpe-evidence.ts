import { tradingDaysPerYear } from './objective.ts';
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  independentTrials,
  minimumTrackRecord,
  probabilisticSharpe,
  sharpeSampleOf,
} from './sharpe-tests.ts';
import { momentsOf } from './moments.ts';

/** What the Sharpe ratio of an optimum is worth. Ratios are annual (× √252), confidences shares of one. */
export interface SharpeEvidence {
  readonly annual: number;
  readonly skew: number;
  /** 3 for a normal sample. */
  readonly kurtosis: number;
  /** Confidence that the true ratio is above 0. */
  readonly probabilistic: number;
  /** The same above `expectedMaximum`. */
  readonly deflated: number;
  /** The best ratio to expect of so many trials that are worth nothing. */
  readonly expectedMaximum: number;
  /** Trials that were counted. */
  readonly trials: number;
  /** How many independent ones the grid is worth; for information. */
  readonly independentTrials: number;
  /** Days that the record needs for 95 % confidence above 0; null when the ratio is not above 0. */
  readonly minimumTrackRecordDays: number | null;
}

/** Null when the optimum's returns never vary. */
export function sharpeEvidence(
  optimum: Float64Array,
  returns: readonly Float64Array[],
  trials: number,
): SharpeEvidence | null {
  const sample = sharpeSampleOf(optimum);
  if (sample === null) return null;
  const sharpes = returns.map((column) => sharpeSampleOf(column)?.sharpe ?? 0);
  const year = Math.sqrt(tradingDaysPerYear);
  const needed = minimumTrackRecord(sample, 0, 0.95);
  return {
    annual: sample.sharpe * year,
    skew: sample.skew,
    kurtosis: sample.kurtosis,
    probabilistic: probabilisticSharpe(sample, 0),
    deflated: deflatedSharpe(sample, sharpes, trials),
    expectedMaximum: expectedMaximumSharpe(Math.max(trials, sharpes.length), momentsOf(sharpes).deviation ** 2) * year,
    trials: Math.max(trials, sharpes.length),
    independentTrials: independentTrials(returns),
    minimumTrackRecordDays: needed === null ? null : Math.ceil(needed),
  };
}
