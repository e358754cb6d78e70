import type { BenchMode, BenchRow, Contestant } from '../harness/row.ts';

const runsOfAll = 1_000 * 100;
/** Peers run one instrument once a round; combinations differ in nothing but their numbers. */
const onePart = { extrapolated: runsOfAll, comparedBy: [] };

export function sweepRow(mode: BenchMode): BenchRow {
  const isFull = mode === 'full';
  return {
    name: 'sweep',
    work: '1,000 pairs of averages × 100 instruments × 20 years of daily bars, one core. Ours trade with standard limits, fees, taxes and T+2, the same to the won on all three paths (the sums are of 32 runs that each path works); grademark knows none of these and is compared by time alone: its trades are compared in the row event-backtest.',
    contestants: [
      ours('snowball, sparse', 'sparse', 1_000, isFull ? 100 : 4),
      { ...ours('snowball, fused', 'fused', isFull ? 1_000 : 250, isFull ? 20 : 2), isOurs: false },
      { ...ours('snowball, event', 'event', 16, 4), isOurs: false },
      { name: 'grademark', program: 'peers/grademark.mjs', args: ['readme'], isOurs: false, ...onePart },
      {
        name: 'grademark, averages made for it',
        program: 'peers/grademark.mjs',
        args: ['precomputed'],
        isOurs: false,
        ...onePart,
      },
    ],
    goals: [
      { against: 'grademark', ratio: 200 },
      { of: 'snowball, fused', against: 'grademark', ratio: 60 },
      { of: 'snowball, event', against: 'grademark', ratio: 20 },
    ],
    warmUps: 1,
    clock: 'thread',
    oursMsMax: null,
    tolerance: 0,
    rounds: isFull ? 9 : 5,
    budgetMs: isFull ? 60_000 : 4_000,
  };
}

function ours(name: string, path: string, combinations: number, symbols: number): Contestant {
  return {
    name,
    program: 'ours/sweep.ts',
    args: [path, String(combinations), String(symbols)],
    isOurs: true,
    extrapolated: runsOfAll / combinations / symbols,
  };
}
