import { scale } from './scale.ts';

/** Where returns stand on a chart. */
export interface GrowthScale {
  /** Equal distances are equal growth, for a record that grew so much that its first years would be flat. */
  readonly isLog: boolean;
  readonly y: (change: number) => number;
}

/** Growth from the lowest value to the highest from which on a plain scale hides more than it shows; as in the report. */
const logFrom = 10;

/** A scale for returns, 0.1 being +10 %: plain, or logarithmic when the values span a tenfold growth or more. */
export function growthScale(returns: readonly number[], to: readonly [bottom: number, top: number]): GrowthScale {
  const [low, high] = [returns.reduce((a, b) => Math.min(a, b), 0), returns.reduce((a, b) => Math.max(a, b), 0)];
  if (low <= -1 || (1 + high) / (1 + low) < logFrom) return { isLog: false, y: scale([low, high], to) };
  const log = scale([Math.log(1 + low), Math.log(1 + high)], to);
  return { isLog: true, y: (change) => log(Math.log(1 + change)) };
}
