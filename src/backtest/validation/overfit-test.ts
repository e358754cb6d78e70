import { overfitProbability } from './overfit-probability.ts';

/** The outcome of CSCV (see `OverfitProbability`) in a size that fits a report. */
export interface OverfitTest {
  readonly probability: number;
  readonly lossProbability: number;
  readonly costlyProbability: number;
  readonly blocks: number;
  readonly splits: number;
  /** How many splits have a logit in each of 24 equal parts of −6 to 6; what lies beyond counts to the ends. */
  readonly histogram: readonly number[];
}

const blocksMost = 16;
const daysPerBlock = 10;
/** Splits × trials: a few seconds of one core. */
const workMax = 20_000_000;

/**
 * CSCV with as many blocks as the record carries: 16 as in the paper, fewer when a block would have less than ten days or
 * the grid is so large that it would take minutes; null below four blocks or two trials.
 */
export function overfitTest(returns: readonly Float64Array[]): OverfitTest | null {
  const days = returns[0]?.length ?? 0;
  let blocks = blocksMost;
  while (blocks >= 4 && (days < blocks * daysPerBlock || splitsOf(blocks) * returns.length > workMax)) blocks -= 2;
  if (blocks < 4 || returns.length < 2) return null;
  const { logits, ...found } = overfitProbability(returns, blocks);
  const histogram = Array.from({ length: 24 }, () => 0);
  for (const logit of logits) {
    const bin = Math.min(23, Math.max(0, Math.floor((logit + 6) * 2)));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  return { ...found, blocks, splits: logits.length, histogram };
}

/** Ways of taking half of the blocks. */
function splitsOf(blocks: number): number {
  let ways = 1;
  for (let taken = 1; taken <= blocks / 2; taken += 1) ways = (ways * (blocks / 2 + taken)) / taken;
  return Math.round(ways);
}
