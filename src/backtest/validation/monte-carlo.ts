import { Random } from '#domain/random.ts';
import { drawBlocks } from './stationary-bootstrap.ts';
import { sortedQuantile } from '../metrics/sample.ts';

/** What many re-drawn histories of a strategy came to. */
export interface MonteCarlo {
  readonly runs: number;
  /** Final value ÷ starting value − 1, one a run, smallest first. */
  readonly returns: Float64Array;
  /** Deepest fall of each run, 0 or negative, deepest first. */
  readonly drawdowns: Float64Array;
  /** Places on the way, at most 60, evenly spread: how many steps were over, and value ÷ start of each run, smallest first. */
  readonly marks: readonly { readonly steps: number; readonly values: Float64Array }[];
}

/** More histories than these tell nothing new and would not fit into memory beside their marks. */
export const monteCarloRunsMax = 20_000;

/**
 * Shuffles the results of closed trades: the same trades in another order. The final value stays what it is; what varies
 * is how deep the account fell on the way. An account that once came to nothing stays there.
 *
 * @param options.profits of round trips in won, in the order in which they closed
 * @throws {RangeError} runs that are no whole number from 1 to 20,000
 */
export function shuffleTrades(options: {
  readonly profits: readonly number[];
  readonly initialCash: number;
  readonly runs: number;
  readonly seed: number;
}): MonteCarlo {
  const { profits, initialCash } = options;
  const random = new Random(options.seed);
  return collect(options.runs, profits.length, (path) => {
    let value = initialCash;
    for (const [step, profit] of random.shuffled(profits).entries()) {
      value = value <= 0 ? 0 : Math.max(0, value + profit);
      path[step] = value / initialCash;
    }
  });
}

/**
 * Draws new histories from daily returns in blocks of random length, geometrically distributed around `meanBlock`, which
 * keeps what follows what within weeks and leaves the rest to chance; the record wraps around at its end. No run of no
 * return.
 *
 * @param options.returns daily, as fractions
 * @param options.meanBlock days, 1 or more; 1 draws single days
 * @throws {RangeError} runs that are no whole number from 1 to 20,000
 * @see Politis and Romano, The Stationary Bootstrap (1994)
 */
export function bootstrapReturns(options: {
  readonly returns: ArrayLike<number>;
  readonly meanBlock: number;
  readonly runs: number;
  readonly seed: number;
}): MonteCarlo {
  const { returns, meanBlock } = options;
  const random = new Random(options.seed);
  const days = returns.length;
  return collect(options.runs, days, (path) => {
    let [value, day] = [1, 0];
    for (const { start, length } of drawBlocks(random, days, meanBlock)) {
      for (let step = 0; step < length; step += 1) {
        value *= 1 + (returns[(start + step) % days] ?? 0);
        path[day] = value;
        day += 1;
      }
    }
  });
}

/** The value below which `share` of a sorted sample lies; NaN of no sample. */
export function percentile(sorted: Float64Array, share: number): number {
  return sortedQuantile(sorted, share) ?? NaN;
}

/** Share of runs that once fell by `loss` (0.3 is 30 %) or more below their peak. */
export function ruinProbability({ drawdowns, runs }: Pick<MonteCarlo, 'drawdowns' | 'runs'>, loss: number): number {
  return runs === 0 ? 0 : drawdowns.filter((drawdown) => drawdown <= -loss).length / runs;
}

const marksMax = 60;

/** @param draw writes value ÷ start after each step into the path */
function collect(wanted: number, steps: number, draw: (path: Float64Array) => void): MonteCarlo {
  if (!Number.isSafeInteger(wanted) || wanted < 1 || wanted > monteCarloRunsMax) {
    throw new RangeError(`Cannot draw histories: ${wanted} runs, wanted a whole number from 1 to ${monteCarloRunsMax}`);
  }
  const runs = steps === 0 ? 0 : wanted;
  const [returns, drawdowns, path] = [new Float64Array(runs), new Float64Array(runs), new Float64Array(steps)];
  const count = runs === 0 ? 0 : Math.min(marksMax, steps);
  const marks = Array.from({ length: count }, (_, mark) => ({
    steps: Math.round(((mark + 1) * steps) / count),
    values: new Float64Array(runs),
  }));
  for (let run = 0; run < runs; run += 1) {
    draw(path);
    returns[run] = (path[steps - 1] ?? 1) - 1;
    drawdowns[run] = deepestFall(path);
    for (const mark of marks) mark.values[run] = path[mark.steps - 1] ?? 1;
  }
  for (const mark of marks) mark.values.sort();
  return { runs, returns: returns.sort(), drawdowns: drawdowns.sort(), marks };
}

function deepestFall(path: Float64Array): number {
  let [peak, deepest] = [1, 0];
  for (let step = 0; step < path.length; step += 1) {
    const value = path[step] ?? 0;
    peak = Math.max(peak, value);
    deepest = Math.min(deepest, value / peak - 1);
  }
  return deepest;
}
