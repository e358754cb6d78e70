import type { BenchMode, BenchRow } from '../harness/row.ts';

export function durableAppendRow(mode: BenchMode): BenchRow {
  return {
    name: 'durable-append',
    work: 'One record that is durable before the next: hash chain, write and fdatasync of the journal, beside a bare write and fdatasync. The goal is at most 1.5 times the bare one, a ratio of 0.667.',
    contestants: [
      { name: 'snowball journal', program: 'ours/durable-append.ts', args: ['journal'], isOurs: true },
      { name: 'raw fdatasync', program: 'ours/durable-append.ts', args: ['raw'], isOurs: false },
    ],
    goals: [{ against: 'raw fdatasync', ratio: 0.667 }],
    warmUps: 3,
    clock: 'wall',
    oursMsMax: null,
    tolerance: 0,
    rounds: mode === 'full' ? 41 : 15,
    budgetMs: mode === 'full' ? 6_000 : 1_000,
  };
}
