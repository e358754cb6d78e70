import type { BenchMode, BenchRow } from '../harness/row.ts';

/** grademark asks no rule on the day of a fill; so does a second run of ours, outside of the clock, for these sums. */
const plain = ['entries', 'exits', 'bought', 'sold'];
const resting = plain.map((key) => `resting-${key}`);

export function eventBacktestRow(mode: BenchMode): BenchRow {
  return {
    name: 'event-backtest',
    work: 'Averages of 5 and 20 days crossing, one share, over 4,930 daily bars of one instrument; ours with the guard, the ledger and every order kept, and once more with the decision log and the report figures.',
    contestants: [
      { name: 'snowball', program: 'ours/event-backtest.ts', args: ['played'], isOurs: true },
      { name: 'snowball, with log and figures', program: 'ours/event-backtest.ts', args: ['whole'], isOurs: false },
      { name: 'grademark', program: 'peers/grademark.mjs', args: ['readme'], isOurs: false, comparedBy: resting },
      {
        name: 'grademark, averages made for it',
        program: 'peers/grademark.mjs',
        args: ['precomputed'],
        isOurs: false,
        comparedBy: resting,
      },
      { name: 'pinets', program: 'peers/pinets.mjs', args: [], isOurs: false, comparedBy: plain },
    ],
    goals: [
      { against: 'grademark', ratio: 40 },
      { against: 'pinets', ratio: 300 },
    ],
    warmUps: 15,
    clock: 'thread',
    oursMsMax: null,
    tolerance: 0,
    rounds: mode === 'quick' ? 15 : 31,
    budgetMs: mode === 'quick' ? 6_000 : 30_000,
  };
}
