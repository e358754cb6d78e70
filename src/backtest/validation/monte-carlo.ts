import { Random } from '#domain/random.ts';

/** What many re-drawn histories of a strategy came to. */
export interface MonteCarlo {
  readonly runs: number;
  /** Final value ÷ starting value − 1, one a run, smallest first. */
  readonly returns: Float64Array;
  /** Deepest fall of each run, 0 or negative, deepest first. */
  readonly drawdowns: Float64Array;
}

/**
 * Shuffles the results of closed trades: the same trades in another order. The final value stays what it is; what varies
 * is how deep the account fell on the way.
 *
 * @param profits of round trips in won, in the order in which they closed
 */
export function shuffleTrades(options: {
  readonly profits: readonly number[];
  readonly initialCash: number;
  readonly runs: number;
  readonly seed: number;
}): MonteCarlo {
  const random = new Random(options.seed);
  return collect(options.runs, () => {
    let [value, peak, deepest] = [options.initialCash, options.initialCash, 0];
    for (const profit of random.shuffled(options.profits)) {
      value += profit;
      peak = Math.max(peak, value);
      deepest = Math.min(deepest, value / peak - 1);
    }
    return { total: value / options.initialCash - 1, deepest };
  });
}

/**
 * Draws new histories from daily returns in blocks of random length, geometrically distributed around `meanBlock`, which
 * keeps what follows what within weeks and leaves the rest to chance; the record wraps around at its end.
 *
 * @param returns daily, as fractions
 * @param meanBlock days, 1 or more; 1 draws single days
 * @see Politis and Romano, The Stationary Bootstrap (1994)
 */
export function bootstrapReturns(options: {
  readonly returns: readonly number[];
  readonly meanBlock: number;
  readonly runs: number;
  readonly seed: number;
}): MonteCarlo {
  const { returns, meanBlock } = options;
  const random = new Random(options.seed);
  const days = returns.length;
  return collect(days === 0 ? 0 : options.runs, () => {
    let [value, peak, deepest, place] = [1, 1, 0, random.below(days)];
    for (let day = 0; day < days; day += 1) {
      value *= 1 + (returns[place] ?? 0);
      peak = Math.max(peak, value);
      deepest = Math.min(deepest, value / peak - 1);
      place = random.next() < 1 / meanBlock ? random.below(days) : (place + 1) % days;
    }
    return { total: value - 1, deepest };
  });
}

/** The value below which `share` of a sorted sample lies, between its neighbours by their distance; NaN of no sample. */
export function percentile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (high - low) * (place - below);
}

/** Share of runs that once fell by `loss` (0.3 is 30 %) or more below their peak. */
export function ruinProbability({ drawdowns, runs }: MonteCarlo, loss: number): number {
  return runs === 0 ? 0 : drawdowns.filter((drawdown) => drawdown <= -loss).length / runs;
}

function collect(runs: number, draw: () => { readonly total: number; readonly deepest: number }): MonteCarlo {
  const [returns, drawdowns] = [new Float64Array(runs), new Float64Array(runs)];
  for (let run = 0; run < runs; run += 1) {
    const { total, deepest } = draw();
    returns[run] = total;
    drawdowns[run] = deepest;
  }
  return { runs, returns: returns.sort(), drawdowns: drawdowns.sort() };
}
