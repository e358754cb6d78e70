import type { BenchMode, BenchRow } from '../harness/row.ts';

export function durableOrderRow(mode: BenchMode): BenchRow {
  return {
    name: 'durable-order',
    work: "Ten orders one after the other to the simulated KIS in a process of its own, each accepted before the next: through the gateway (socket, guard, journal before and after, in a process of its own) beside the bare call, which keeps no record. The goal is at most 2.5 times the bare one, a ratio of 0.4. Fifty orders of each come before those that are counted. The rested call is the bare one after 4 ms of sleep that are not counted, about as long as both ends of the gateway's own call have slept when it comes; no goal is held against it.",
    contestants: [
      { name: 'snowball gateway', program: 'ours/durable-order.ts', args: ['gateway'], isOurs: true },
      { name: 'direct call', program: 'ours/durable-order.ts', args: ['direct'], isOurs: false },
      { name: 'direct call, rested', program: 'ours/durable-order.ts', args: ['rested'], isOurs: false },
    ],
    goals: [{ against: 'direct call', ratio: 0.4 }],
    warmUps: 5,
    clock: 'wall',
    oursMsMax: null,
    tolerance: 0,
    rounds: mode === 'full' ? 31 : 15,
    budgetMs: mode === 'full' ? 20_000 : 4_000,
  };
}
