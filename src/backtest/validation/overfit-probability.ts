import { momentsOf } from './moments.ts';

export interface OverfitProbability {
  /** Share of splits in which the best of the first half is below the middle in the second. */
  readonly probability: number;
  /** One a split: logit of the rank, out of sample, of what was best in sample; below 0 is below the middle. */
  readonly logits: readonly number[];
  /** Share of splits in which that one lost out of sample. */
  readonly lossProbability: number;
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
  const logits: number[] = [];
  let losses = 0;
  for (const inSample of halves(blocks)) {
    const first = sums.map((trial) => sharpeOf(trial, inSample, true));
    const second = sums.map((trial) => sharpeOf(trial, inSample, false));
    const best = first.indexOf(Math.max(...first));
    const found = second[best] ?? 0;
    const share = rankOf(found, second) / (second.length + 1);
    logits.push(Math.log(share / (1 - share)));
    if (found < 0) losses += 1;
  }
  const below = logits.filter((logit) => logit <= 0).length;
  return { probability: below / logits.length, logits, lossProbability: losses / logits.length };
}

interface BlockSum {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

/** Sums of each block once, so that a split costs additions by block and not by day. */
function blockSums(returns: readonly Float64Array[], blocks: number): readonly (readonly BlockSum[])[] {
  const days = returns[0]?.length ?? 0;
  const size = Math.floor(days / blocks);
  const isGood = returns.length >= 2 && blocks % 2 === 0 && blocks >= 2 && blocks <= 20 && size >= 2;
  if (!isGood || returns.some((column) => column.length !== days)) {
    const found = `${returns.length} trials of ${days} days in ${blocks} blocks`;
    throw new RangeError(`Cannot tell over-fitting: ${found}, wanted 2 trials, 2 days a block, an even 2 to 20 blocks`);
  }
  const start = days - size * blocks;
  return returns.map((column) =>
    Array.from({ length: blocks }, (_, block) => {
      const part = column.subarray(start + block * size, start + (block + 1) * size);
      const { mean } = momentsOf(part);
      return { count: size, sum: mean * size, squares: part.reduce((sum, value) => sum + value * value, 0) };
    }),
  );
}

function sharpeOf(blocks: readonly BlockSum[], inSample: number, isFirst: boolean): number {
  let [count, sum, squares] = [0, 0, 0];
  for (const [place, block] of blocks.entries()) {
    if (((inSample >> place) & 1) !== (isFirst ? 1 : 0)) continue;
    count += block.count;
    sum += block.sum;
    squares += block.squares;
  }
  const mean = sum / count;
  const variance = (squares - sum * mean) / (count - 1);
  return variance <= 0 ? 0 : mean / Math.sqrt(variance);
}

/** 1 for the worst; equals share the mean of their places. */
function rankOf(value: number, all: readonly number[]): number {
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
