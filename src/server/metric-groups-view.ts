import { z } from 'zod';

const ratio = z.number().nullable();
const count = z.int();

const drawdown = z.object({
  depth: z.number(),
  peak: count,
  trough: count,
  recovered: count.nullable(),
  days: count,
});
const datedReturn = z.object({ date: count, value: z.number() }).nullable();
const tradeResult = z.object({ symbol: z.string(), date: count, profit: z.number(), return: z.number() }).nullable();

/** `MetricGroups` of src/backtest as they reach the pages; a test keeps the two equal. Older results lack them. */
export const metricGroupsView = {
  perDay: z
    .object({
      from: count,
      to: count,
      days: count,
      annualReturn: ratio,
      volatility: ratio,
      downsideDeviation: ratio,
      sharpe: ratio,
      sortino: ratio,
      calmar: ratio,
      deepest: drawdown.nullable(),
      longest: drawdown.nullable(),
      ulcerIndex: ratio,
      bestDay: datedReturn,
      worstDay: datedReturn,
      bestMonth: datedReturn,
      worstMonth: datedReturn,
      winningDays: ratio,
      tailRatio: ratio,
      skew: ratio,
      kurtosis: ratio,
    })
    .optional(),
  perTrade: z
    .object({
      roundTrips: count,
      wins: count,
      losses: count,
      winRate: ratio,
      averageWin: ratio,
      averageLoss: ratio,
      payoff: ratio,
      profitFactor: ratio,
      expectancy: ratio,
      expectancyReturn: ratio,
      averageHoldingDays: ratio,
      longestHoldingDays: ratio,
      best: tradeResult,
      worst: tradeResult,
      winsInARow: count,
      lossesInARow: count,
    })
    .optional(),
  costs: z
    .object({
      fees: z.number(),
      tax: z.number(),
      slippage: ratio,
      total: z.number(),
      shareOfTraded: ratio,
      shareOfStart: z.number(),
    })
    .optional(),
  againstBenchmark: z
    .object({
      totalReturn: z.number(),
      annualReturn: ratio,
      volatility: ratio,
      maximumDrawdown: z.number(),
      alpha: ratio,
      beta: ratio,
      correlation: ratio,
      trackingError: ratio,
      informationRatio: ratio,
    })
    .nullable()
    .optional(),
};
