import { z } from 'zod';
import { metricGroupsView } from './metric-groups-view.ts';

const day = z.object({ date: z.int(), value: z.number() });
const side = z.enum(['buy', 'sell']);
const ratio = z.number().nullable();

/** `BacktestResult` of src/backtest as it reaches the pages; a test keeps the two equal. Days are yyyymmdd integers. */
export const backtestResultView = z.object({
  strategy: z.string(),
  symbols: z.array(z.string()).readonly(),
  from: z.int(),
  to: z.int(),
  initialCash: z.int(),
  tradableFrom: z.int().optional(),
  metrics: z.object({
    finalValue: z.number(),
    totalReturn: z.number(),
    annualReturn: ratio,
    maximumDrawdown: z.number(),
    sharpe: ratio,
    volatility: ratio,
    roundTrips: z.int(),
    winRate: ratio,
    profitFactor: ratio,
    exposure: z.number(),
    turnover: z.number(),
    fees: z.number(),
    tax: z.number(),
    benchmarkReturn: ratio,
    deniedOrders: z.int(),
    ...metricGroupsView,
  }),
  equity: z.array(day).readonly(),
  trades: z
    .array(
      z.object({
        symbol: z.string(),
        side,
        date: z.int(),
        price: z.number(),
        quantity: z.int(),
        fee: z.number(),
        tax: z.number(),
        reason: z.string(),
        profit: z.number(),
        slippage: z.number().optional(),
      }),
    )
    .readonly(),
  orders: z
    .array(
      z.object({
        symbol: z.string(),
        side,
        date: z.int(),
        price: z.number(),
        quantity: z.int(),
        state: z.string(),
        reason: z.string(),
        denials: z
          .array(z.object({ code: z.string(), actual: z.number().nullable(), limit: z.number().nullable() }))
          .readonly(),
      }),
    )
    .readonly(),
  benchmark: z.array(day).readonly(),
  decisionLogSha256: z.string(),
});

export type BacktestResultView = z.infer<typeof backtestResultView>;
