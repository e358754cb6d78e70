import type { BenchMode, BenchRow } from '../harness/row.ts';

const symbolsOfMarket = 2_700;

export function wholeMarketRow(mode: BenchMode): BenchRow {
  const symbols = mode === 'full' ? 270 : 60;
  return {
    name: 'whole-market',
    work: `One portfolio of 2,700 instruments over 20 years of daily bars by the event engine, one core; ${symbols} instruments are run.`,
    contestants: [
      {
        name: 'snowball',
        program: 'ours/whole-market.ts',
        args: [String(symbols)],
        isOurs: true,
        extrapolated: symbolsOfMarket / symbols,
      },
    ],
    goals: [],
    warmUps: 1,
    clock: 'thread',
    oursMsMax: 500,
    tolerance: 0,
    rounds: mode === 'full' ? 7 : 3,
    budgetMs: mode === 'full' ? 60_000 : 4_000,
  };
}
