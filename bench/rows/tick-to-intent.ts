import type { BenchMode, BenchRow } from '../harness/row.ts';

const program = 'ours/tick-to-intent.ts';

export function tickToIntentRow(mode: BenchMode): BenchRow {
  const ticks = ticksOf(mode);
  return {
    ...always(mode),
    name: 'tick-to-intent',
    work: '100,000 ticks a second over a loopback socket; every hundredth makes an intent, judged by the guard with 100 orders behind it. The time is the p99 of the delay from when the sender handed the tick to its socket, beside the same of a loop that only reads the bytes: what of the delay is the machine. Scanner and guard stand in one process here; the link between gateway and runner is not in it.',
    contestants: [
      { name: 'snowball', program, args: ['intent', ticks], isOurs: true },
      { name: 'bare loop', program, args: ['bare', ticks], isOurs: false },
    ],
    oursMsMax: 1,
  };
}

export function tickInHandRow(mode: BenchMode): BenchRow {
  return {
    ...always(mode),
    name: 'tick-in-hand',
    work: 'The same ticks, and the p99 of the delay since their bytes were in our hands: our own part of tick-to-intent.',
    contestants: [{ name: 'snowball', program, args: ['in-hand', ticksOf(mode)], isOurs: true }],
    oursMsMax: 1,
  };
}

function ticksOf(mode: BenchMode): string {
  return mode === 'full' ? '300000' : '100000';
}

function always(mode: BenchMode) {
  return {
    goals: [],
    warmUps: 1,
    clock: 'wall',
    tolerance: 0,
    rounds: mode === 'full' ? 11 : 5,
    budgetMs: 60_000,
  } as const;
}
