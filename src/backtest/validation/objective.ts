import { momentsOf } from './moments.ts';

/** What a search makes as large as it can. */
export type Objective = 'sharpe' | 'total-return' | 'drawdown';

export const objectives: readonly Objective[] = ['sharpe', 'total-return', 'drawdown'];

/**
 * The score of daily returns; higher is better.
 *
 * `sharpe` mean ÷ sample deviation × √252, risk-free 0; 0 when nothing varies. `total-return` what the days compound to.
 * `drawdown` the deepest fall from a peak, 0 or negative, the start counting as the first peak.
 */
export function scoreOf(returns: Float64Array, objective: Objective): number {
  if (objective === 'sharpe') {
    const { mean, deviation } = momentsOf(returns);
    return deviation === 0 ? 0 : (mean / deviation) * Math.sqrt(tradingDaysPerYear);
  }
  const { total, deepest } = compounded(returns);
  return objective === 'drawdown' ? deepest : total;
}

export const tradingDaysPerYear = 252;

/** What `returns` compound to, and the deepest fall from a peak on the way, 0 or negative. */
export function compounded(returns: Float64Array): { readonly total: number; readonly deepest: number } {
  let [value, peak, deepest] = [1, 1, 0];
  for (let day = 0; day < returns.length; day += 1) {
    value *= 1 + (returns[day] ?? 0);
    peak = Math.max(peak, value);
    deepest = Math.min(deepest, value / peak - 1);
  }
  return { total: value - 1, deepest };
}

/** The yearly rate of `returns`: (1 + total)^(252 ÷ days) − 1; −1 when nothing is left, null without a day. */
export function annualRate(returns: Float64Array): number | null {
  if (returns.length === 0) return null;
  const growth = 1 + compounded(returns).total;
  return growth <= 0 ? -1 : growth ** (tradingDaysPerYear / returns.length) - 1;
}

/** Place of the highest score; of equals the first, NaN never; −1 when there is none. */
export function placeOfBest(scores: ArrayLike<number>): number {
  let [best, score] = [-1, -Infinity];
  for (let place = 0; place < scores.length; place += 1) {
    const one = scores[place] ?? NaN;
    if (!(one > score)) continue;
    [best, score] = [place, one];
  }
  return best;
}
