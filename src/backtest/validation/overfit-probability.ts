import { placeOfBest } from './objective.ts';

export interface OverfitProbability {
  /** Share of splits in which the best of the first half is below the middle in the second. */
  readonly probability: number;
  /** One a split: logit of the rank, out of sample, of what was best in sample; below 0 is below the middle. */
  readonly logits: readonly number[];
  /** Share of splits in which that one lost out of sample. */
  readonly lossProbability: number;
  /**
   * Share of splits in which it is below the middle and it matters: it lost, or has less than half of the middle's Sharpe
   * ratio. Among trials that are all equally good the plain probability is a half, because ranks among equals are chance;
   * this one is near 0 there, and near the plain one where nothing is any good.
   */
  readonly costlyProbability: number;
}

/**
 * Probability of back-test over-fitting by combinatorially symmetric cross-validation.
 *
 * The days are cut into `blocks` equal parts, in order. For each way of taking half of them as in-sample, the trial with
 * the best Sharpe ratio there is looked up among the ranks of the other half: `rank / (trials + 1)`, as a logit. Equal
 * ratios share the mean of their ranks. What does not divide into blocks is left out at the beginning.
 *
 * @param returns one column a trial, one return a day, all of equal length
 * @param blocks an even number, 2 to 20; 16 in the paper makes 12,870 splits
 * @throws {RangeError} fewer than two trials, columns of different lengths, fewer days than two a block, an odd number
 * @see Bailey, Borwein, López de Prado and Zhu, The Probability of Backtest Overfitting (2015)
 */
export function overfitProbability(returns: readonly Float64Array[], blocks: number): OverfitProbability {
  const sums = blockSums(returns, blocks);
  const [first, second] = [new Float64Array(sums.trials), new Float64Array(sums.trials)];
  const logits: number[] = [];
  let [losses, costly] = [0, 0];
  for (const inSample of halves(blocks)) {
    sharpesOf(sums, inSample, first);
    // The other half: every block whose bit is not set.
    sharpesOf(sums, 2 ** blocks - 1 - inSample, second);
    const found = second[placeOfBest(first)] ?? 0;
    const share = rankOf(found, second) / (sums.trials + 1);
    logits.push(Math.log(share / (1 - share)));
    if (found < 0) losses += 1;
    if (share <= 0.5 && (found < 0 || found < middleOf(second) / 2)) costly += 1;
  }
  const below = logits.filter((logit) => logit <= 0).length;
  const count = logits.length;
  return {
    probability: below / count,
    logits,
    lossProbability: losses / count,
    costlyProbability: costly / count,
  };
}

/** Sums of each block once, so that a split costs additions by block and not by day; one trial after another. */
interface BlockSums {
  readonly trials: number;
  readonly blocks: number;
  /** Days in each. */
  readonly size: number;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

function blockSums(returns: readonly Float64Array[], blocks: number): BlockSums {
  const days = returns[0]?.length ?? 0;
  const size = Math.floor(days / blocks);
  const isGood = returns.length >= 2 && blocks % 2 === 0 && blocks >= 2 && blocks <= 20 && size >= 2;
  if (!isGood || returns.some((column) => column.length !== days)) {
    const found = `${returns.length} trials of ${days} days in ${blocks} blocks`;
    throw new RangeError(`Cannot tell over-fitting: ${found}, wanted 2 trials, 2 days a block, an even 2 to 20 blocks`);
  }
  const [sums, squares] = [new Float64Array(returns.length * blocks), new Float64Array(returns.length * blocks)];
  for (const [trial, column] of returns.entries()) {
    const used = column.subarray(days - size * blocks);
    for (const [day, value] of used.entries()) {
      const place = trial * blocks + Math.floor(day / size);
      sums[place] = (sums[place] ?? 0) + value;
      squares[place] = (squares[place] ?? 0) + value * value;
    }
  }
  return { trials: returns.length, blocks, size, sums, squares };
}

/** Writes the Sharpe ratio of each trial over the blocks whose bit is set; 0 where nothing varies. */
function sharpesOf({ trials, blocks, size, sums, squares }: BlockSums, bits: number, into: Float64Array): void {
  const count = (size * blocks) / 2;
  for (let trial = 0; trial < trials; trial += 1) {
    let [sum, square] = [0, 0];
    for (let block = 0; block < blocks; block += 1) {
      if (((bits >> block) & 1) === 0) continue;
      sum += sums[trial * blocks + block] ?? 0;
      square += squares[trial * blocks + block] ?? 0;
    }
    const mean = sum / count;
    const variance = (square - sum * mean) / (count - 1);
    // What rounding leaves of equal returns is no variation.
    into[trial] = variance <= square * 1e-15 ? 0 : mean / Math.sqrt(variance);
  }
}

/** The median; of an even number the mean of the two in the middle. */
function middleOf(values: Float64Array): number {
  const sorted = values.toSorted();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? NaN) + upper) / 2;
}

/** 1 for the worst; equals share the mean of their places. */
function rankOf(value: number, all: Float64Array): number {
  let [below, equal] = [0, 0];
  for (const each of all) {
    if (each < value) below += 1;
    else if (each === value) equal += 1;
  }
  return below + (equal + 1) / 2;
}

/** Every way of taking half of the blocks, as bits. */
function* halves(blocks: number): Generator<number> {
  for (let bits = 0; bits < 2 ** blocks; bits += 1) {
    let ones = 0;
    for (let rest = bits; rest > 0; rest &= rest - 1) ones += 1;
    if (ones === blocks / 2) yield bits;
  }
}
