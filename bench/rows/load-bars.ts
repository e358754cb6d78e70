import type { BenchMode, BenchRow } from '../harness/row.ts';

const symbolsOfMarket = 2_700;

export function loadBarsRow(mode: BenchMode): BenchRow {
  const symbols = mode === 'full' ? symbolsOfMarket : 135;
  const part = symbols === symbolsOfMarket ? {} : { extrapolated: symbolsOfMarket / symbols };
  const one = (name: string, program: string, args: readonly string[]) => ({
    name,
    program,
    args: [...args, String(symbols)],
    isOurs: name === 'snowball',
    ...part,
  });
  return {
    name: 'load-bars',
    work: '13,311,000 daily bars (2,700 instruments × 4,930 days) from disk into typed columns, the file in the cache of the system.',
    contestants: [
      one('snowball', 'ours/load-bars.ts', []),
      one('duckdb', 'peers/load-bars.mjs', ['duckdb']),
      one('sqlite rows', 'peers/load-bars.mjs', ['sqlite']),
    ],
    goals: [
      { against: 'duckdb', ratio: 8 },
      { against: 'sqlite rows', ratio: 40 },
    ],
    warmUps: 1,
    clock: 'wall',
    oursMsMax: null,
    tolerance: 0,
    rounds: mode === 'full' ? 7 : 5,
    budgetMs: mode === 'full' ? 60_000 : 4_000,
  };
}
