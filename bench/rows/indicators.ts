import type { BenchMode, BenchRow } from '../harness/row.ts';

const wilder = { atr: 'Wilder smooths the true ranges, the file format of ours means their simple average' };
const peers: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['@ixjb94/indicators', wilder],
  ['indicatorts', {}],
  ['fast-technical-indicators', wilder],
  ['technicalindicators', { ...wilder, rsi: 'rounded to two places' }],
  ['trading-signals', wilder],
];

export function indicatorsRow(mode: BenchMode): BenchRow {
  const bars = '1000000';
  return {
    name: 'indicators',
    work: 'SMA 20, EMA 20, RSI 14, Bollinger 20/2, MACD 12/26/9 and ATR 14 over 1,000,000 bars.',
    contestants: [
      { name: 'snowball', program: 'ours/indicators.ts', args: [bars], isOurs: true },
      ...peers.map(([name, explained]) => ({
        name,
        program: 'peers/indicators.mjs',
        args: [name, bars],
        isOurs: false,
        explained,
      })),
    ],
    goals: peers.map(([against]) => ({ against, ratio: 20 })),
    warmUps: 3,
    clock: 'thread',
    oursMsMax: null,
    tolerance: 1e-6,
    rounds: mode === 'quick' ? 5 : 15,
    budgetMs: mode === 'quick' ? 3_000 : 30_000,
  };
}
