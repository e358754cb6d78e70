import type { BenchMode, BenchRow, Contestant } from '../harness/row.ts';

const symbolsOfMarket = 2_700;

export function wholeMarketRow(mode: BenchMode): BenchRow {
  const everyBar = mode === 'full' ? 270 : 60;
  return {
    name: 'whole-market',
    work: `One portfolio of 2,700 instruments over 20 years of daily bars, rules, ten positions at the most, one core; of the walk over every bar ${everyBar} instruments are run.`,
    contestants: [
      contestant('snowball, figures', symbolsOfMarket, 'figures'),
      { ...contestant('snowball, with every reason', symbolsOfMarket, 'reasons'), isOurs: false },
      {
        ...contestant('snowball, every bar and reason', everyBar, 'every-bar'),
        isOurs: false,
        extrapolated: symbolsOfMarket / everyBar,
        // Fewer instruments make other trades; that both walks agree is for the tests of `WakingBars`.
        comparedBy: [],
      },
    ],
    goals: [],
    warmUps: 1,
    clock: 'thread',
    oursMsMax: 500,
    tolerance: 0,
    rounds: mode === 'full' ? 7 : 3,
    budgetMs: mode === 'full' ? 60_000 : 12_000,
  };
}

function contestant(name: string, symbols: number, manner: string): Contestant {
  return { name, program: 'ours/whole-market.ts', args: [String(symbols), manner], isOurs: true };
}
