import { percentile, ruinProbability, type MonteCarlo } from './monte-carlo.ts';

/** Shares of histories, worst first: 0.05 reads "one in twenty came out below". */
export const percentileShares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

/** Falls below a peak at which people give a strategy up; 0.5 needs a doubling to mend. */
export const ruinLevels = [0.1, 0.2, 0.3, 0.5] as const;

/** A Monte Carlo run as a table; returns and falls are fractions, falls 0 or negative. */
export interface MonteCarloTable {
  readonly runs: number;
  readonly percentiles: readonly {
    readonly share: number;
    readonly totalReturn: number;
    /** At 0.05, one history in twenty fell deeper. */
    readonly drawdown: number;
  }[];
  /** Share of histories that once fell by `loss` or more below their peak. */
  readonly ruin: readonly { readonly loss: number; readonly probability: number }[];
  /** Share of histories that ended below where they began. */
  readonly lossProbability: number;
  /** Value ÷ start on the way, at the shares 0.05, 0.25, 0.5, 0.75 and 0.95; begins with 1 everywhere at step 0. */
  readonly bands: readonly { readonly step: number; readonly values: readonly number[] }[];
}

export const bandShares = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Null of no run. */
export function monteCarloTable(drawn: MonteCarlo): MonteCarloTable | null {
  const { runs, returns, drawdowns, marks } = drawn;
  if (runs === 0) return null;
  return {
    runs,
    percentiles: percentileShares.map((share) => ({
      share,
      totalReturn: percentile(returns, share),
      drawdown: percentile(drawdowns, share),
    })),
    ruin: ruinLevels.map((loss) => ({ loss, probability: ruinProbability(drawn, loss) })),
    lossProbability: returns.filter((total) => total < 0).length / runs,
    bands: [
      { step: 0, values: bandShares.map(() => 1) },
      ...marks.map(({ steps, values }) => ({
        step: steps,
        values: bandShares.map((share) => percentile(values, share)),
      })),
    ],
  };
}
