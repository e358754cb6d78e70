import type { BenchMode, BenchRow } from '../harness/row.ts';

export function durableOrderRow(mode: BenchMode): BenchRow {
  return {
    name: 'durable-order',
    work: 'Ten orders one after the other to the simulated KIS in a process of its own, each accepted before the next: through the gateway (socket, guard, journal before and after, in a process of its own) beside the bare call, which keeps no record. The goal is at most 2.5 times the bare one, a ratio of 0.4.',
    contestants: [
      { name: 'snowball gateway', program: 'ours/durable-order.ts', args: ['gateway'], isOurs: true },
      { name: 'direct call', program: 'ours/durable-order.ts', args: ['direct'], isOurs: false },
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
