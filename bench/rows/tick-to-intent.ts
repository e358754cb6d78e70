import type { BenchMode, BenchRow } from '../harness/row.ts';

export function tickToIntentRow(mode: BenchMode): BenchRow {
  return {
    name: 'tick-to-intent',
    work: '100,000 ticks a second over a loopback socket; every hundredth makes an intent, judged by the guard with 100 orders behind it. The time is the p99 of the delay from when the tick was due. Scanner and guard stand in one process here; the link between gateway and runner is not in it.',
    contestants: [
      {
        name: 'snowball',
        program: 'ours/tick-to-intent.ts',
        args: [mode === 'full' ? '300000' : '100000'],
        isOurs: true,
      },
    ],
    goals: [],
    warmUps: 1,
    clock: 'wall',
    oursMsMax: 1,
    tolerance: 0,
    rounds: mode === 'full' ? 11 : 5,
    budgetMs: 60_000,
  };
}
