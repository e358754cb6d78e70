import { momentsOf } from './moments.ts';
import { normalCdf, normalQuantile } from './normal-distribution.ts';

/** Euler and Mascheroni's constant. */
const gamma = 0.5772156649015329;

/** A Sharpe ratio per period, and of what sample. */
export interface SharpeSample {
  readonly sharpe: number;
  readonly count: number;
  readonly skew: number;
  readonly kurtosis: number;
}

/** Null with fewer than two returns or none that vary. */
export function sharpeSampleOf(returns: ArrayLike<number>): SharpeSample | null {
  const { count, mean, deviation, skew, kurtosis } = momentsOf(returns);
  return deviation === 0 ? null : { sharpe: mean / deviation, count, skew, kurtosis };
}

/**
 * The confidence that a strategy's true Sharpe ratio is above `benchmark`: both per period, not annual.
 *
 * `Φ((s − benchmark) · √(n − 1) / √(1 − skew·s + (kurtosis − 1)/4 · s²))`
 *
 * @see Bailey and López de Prado, The Sharpe Ratio Efficient Frontier (2012), eq. 8
 */
export function probabilisticSharpe(sample: SharpeSample, benchmark: number): number {
  return normalCdf(((sample.sharpe - benchmark) * Math.sqrt(sample.count - 1)) / errorOf(sample));
}

/** √(1 − skew·s + (kurtosis − 1)/4 · s²): the error of the ratio times √(n − 1). */
function errorOf({ sharpe, skew, kurtosis }: SharpeSample): number {
  return Math.sqrt(Math.max(1 - skew * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe, Number.EPSILON));
}

/**
 * The largest Sharpe ratio to expect of `trials` strategies of which none is worth anything, when their ratios vary by
 * `variance`: `√variance · ((1 − γ)·z(1 − 1/N) + γ·z(1 − 1/(N·e)))`; 0 for a single trial.
 *
 * @see Bailey and López de Prado, The Deflated Sharpe Ratio (2014), eq. 1
 */
export function expectedMaximumSharpe(trials: number, variance: number): number {
  if (trials <= 1) return 0;
  const [plain, stretched] = [normalQuantile(1 - 1 / trials), normalQuantile(1 - 1 / (trials * Math.E))];
  return Math.sqrt(variance) * ((1 - gamma) * plain + gamma * stretched);
}

/**
 * The confidence that the chosen strategy is better than the luck of having tried so many: the probabilistic ratio against
 * the expected maximum of the trials.
 *
 * @param sharpes of every trial, the chosen one included, per period as well
 * @param trials how many were tried in all, when more than `sharpes` remain of
 * @see Bailey and López de Prado, The Deflated Sharpe Ratio (2014), eq. 2
 */
export function deflatedSharpe(sample: SharpeSample, sharpes: ArrayLike<number>, trials = sharpes.length): number {
  const { deviation } = momentsOf(sharpes);
  const tried = Math.max(trials, sharpes.length);
  return probabilisticSharpe(sample, expectedMaximumSharpe(tried, deviation * deviation));
}

/**
 * How many returns a record needs before its Sharpe ratio is above `benchmark` with `confidence`:
 * `1 + (1 − skew·s + (kurtosis − 1)/4 · s²) · (z(confidence) / (s − benchmark))²`.
 *
 * @returns null when the ratio is not above the benchmark: no length would do
 * @see Bailey and López de Prado, The Sharpe Ratio Efficient Frontier (2012), eq. 11
 */
export function minimumTrackRecord(sample: SharpeSample, benchmark: number, confidence: number): number | null {
  if (sample.sharpe <= benchmark) return null;
  return 1 + errorOf(sample) ** 2 * (normalQuantile(confidence) / (sample.sharpe - benchmark)) ** 2;
}

/**
 * How many independent trials `returns` are worth: `N·(1 − ρ) + ρ`, ρ the mean correlation of their pairs, no less than 0.
 * Neighbours on a grid are nearly the same strategy, so this is below their number; for information, because the deflated
 * ratio with all of them is the more careful.
 *
 * ρ comes from the variance of the sum of the standardised columns, (V − N) ÷ (N·(N − 1)), in one pass over them; columns
 * that never vary are left out.
 *
 * @param returns one column a trial, all of equal length
 * @see Bailey and López de Prado, The Deflated Sharpe Ratio (2014), appendix A.3
 */
export function independentTrials(returns: readonly Float64Array[]): number {
  const moving = returns.map((column) => ({ column, ...momentsOf(column) })).filter(({ deviation }) => deviation > 0);
  const count = moving.length;
  if (count < 2) return count;
  const sums = new Float64Array(moving[0]?.column.length ?? 0);
  for (const { column, mean, deviation } of moving) {
    for (let day = 0; day < sums.length; day += 1)
      sums[day] = (sums[day] ?? 0) + ((column[day] ?? 0) - mean) / deviation;
  }
  const correlation = (momentsOf(sums).deviation ** 2 - count) / (count * (count - 1));
  const shared = Math.min(1, Math.max(0, correlation));
  return count * (1 - shared) + shared;
}
