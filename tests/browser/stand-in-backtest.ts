import type { BacktestChoice } from '#link/runner-api.ts';
import type { BacktestResult } from '#backtest/result.ts';
import { metricGroupsOf } from '#backtest/metrics/full-metrics.ts';
import { dateOf, instruments, rounded, rows, seeded, tradingDays } from './stand-in-data.ts';

export const choices: readonly BacktestChoice[] = [
  { name: 'tutorial', kind: 'rules', title: '', symbols: [] },
  { name: 'volatility-breakout', kind: 'code', title: '', symbols: ['069500', '105560'] },
  { name: 'recipe:ladder', kind: 'recipe', title: '분할매수·분할매도', symbols: ['069500'] },
  { name: 'preset:sma_crossover', kind: 'preset', title: '이동평균 교차', symbols: [] },
];

export const datasets = instruments.slice(0, 5).map(({ symbol, name }) => ({
  symbol,
  name,
  from: 20_100_104,
  to: 20_231_222,
  bars: 3_447,
}));

/** A plausible result with a seeded walk: two series, round trips, and one denied order. */
export function backtestResult(): BacktestResult {
  const random = seeded(21);
  const days = tradingDays(760).map(dateOf);
  let mine = 10_000_000;
  let market = 10_000_000;
  const equity = days.map((date) => {
    mine = Math.round(mine * (1 + (random() - 0.482) * 0.009));
    return { date, value: mine };
  });
  const benchmark = days.map((date) => {
    market = Math.round(market * (1 + (random() - 0.488) * 0.022));
    return { date, value: market };
  });
  const trades = Array.from({ length: 60 }, (_, index) => {
    const [symbol, , , , base] = rows[index % 5] ?? rows[0]!;
    const bought = rounded(base * (0.8 + random() * 0.4));
    const sold = rounded(bought * (0.95 + random() * 0.13));
    const quantity = Math.max(1, Math.round(2_000_000 / bought));
    const tax = Math.floor(sold * quantity * 0.0018);
    const first = { symbol, quantity, fee: 280, tax: 0, profit: 0, reason: '골든크로스' };
    const profit = (sold - bought) * quantity - 560 - tax;
    return [
      { ...first, side: 'buy' as const, date: days[index * 12 + 3] ?? 0, price: bought },
      {
        ...first,
        side: 'sell' as const,
        date: days[index * 12 + 9] ?? 0,
        price: sold,
        tax,
        profit,
        reason: sold < bought * 0.97 ? '손절' : sold > bought * 1.05 ? '익절' : '데드크로스',
      },
    ];
  }).flat();
  const costs = { fees: 33_600, tax: 216_000 };
  const run = { initialCash: 10_000_000, equity, benchmark, trades, daysHeld: 471, deniedOrders: 2, ...costs };
  return {
    strategy: 'tutorial',
    symbols: rows.slice(0, 5).map(([symbol]) => symbol),
    from: days[0] ?? 0,
    to: days.at(-1) ?? 0,
    initialCash: 10_000_000,
    metrics: {
      finalValue: mine,
      totalReturn: mine / 10_000_000 - 1,
      annualReturn: (mine / 10_000_000) ** (1 / 3) - 1,
      maximumDrawdown: -0.0633,
      sharpe: 0.73,
      volatility: 0.081,
      roundTrips: 60,
      winRate: 0.45,
      profitFactor: 1.31,
      exposure: 0.62,
      turnover: 5.4,
      ...costs,
      ...metricGroupsOf(run),
      benchmarkReturn: market / 10_000_000 - 1,
      deniedOrders: 2,
    },
    equity,
    trades,
    orders: [],
    benchmark,
    decisionLogSha256: 'b'.repeat(64),
  };
}
