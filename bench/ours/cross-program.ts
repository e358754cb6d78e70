import type { RuleProgram } from '#strategy/rules/program.ts';

/** Two averages crossing, each period a parameter: what the sweep turns. */
export const crossProgram: RuleProgram = {
  metadata: { id: 'cross', name: 'cross', description: '', author: '', category: '', tags: [] },
  params: { ma_short: period(5), ma_long: period(20) },
  indicators: [
    { alias: 'short', label: 'short', id: 'sma', params: { period: { param: 'ma_short' } }, output: 'value' },
    { alias: 'long', label: 'long', id: 'sma', params: { period: { param: 'ma_long' } }, output: 'value' },
  ],
  candlesticks: [],
  entry: {
    kind: 'all',
    rules: [{ kind: 'compare', left: line('short'), operator: 'cross_above', right: line('long') }],
  },
  exit: {
    kind: 'all',
    rules: [{ kind: 'compare', left: line('short'), operator: 'cross_below', right: line('long') }],
  },
  risk: { stopLossBps: null, takeProfitBps: null, trailingStopBps: null },
  sizing: { equityBps: 2_000, positionsMax: 5 },
};

/** A thousand pairs: 20 short periods with 50 long ones each. */
export const thousandCombinations: readonly Readonly<Record<string, number>>[] = Array.from(
  { length: 1_000 },
  (_, index) => ({ ma_short: 3 + (index % 20), ma_long: 25 + 4 * Math.floor(index / 20) }),
);

function period(value: number) {
  return { default: value, min: 1, max: 500, step: 1, type: 'int', description: '' } as const;
}

function line(alias: string) {
  return { kind: 'indicator', alias, output: 'value', barsAgo: 0, scale: null } as const;
}
