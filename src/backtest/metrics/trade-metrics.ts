import { daysBetween } from './drawdowns.ts';
import type { CostMetrics, TradeMetrics, TradeResult } from './metric-groups.ts';
import type { BacktestTrade } from '../result.ts';
import type { RoundTrip } from './round-trips.ts';
import { meanOf } from './sample.ts';

/** Figures over closed round trips; one that ends with neither profit nor loss is a trade, but no win and no loss. */
export function tradeMetricsOf(trips: readonly RoundTrip[]): TradeMetrics {
  const profits = trips.map((trip) => trip.profit);
  const wins = profits.filter((profit) => profit > 0);
  const losses = profits.filter((profit) => profit < 0);
  const [averageWin, averageLoss] = [averageOf(wins), averageOf(losses)];
  const spans = trips.map((trip) => daysBetween(trip.from, trip.to));
  return {
    roundTrips: trips.length,
    wins: wins.length,
    losses: losses.length,
    winRate: trips.length === 0 ? null : wins.length / trips.length,
    averageWin,
    averageLoss,
    payoff: averageWin === null || averageLoss === null ? null : averageWin / -averageLoss,
    profitFactor: losses.length === 0 ? null : sumOf(wins) / -sumOf(losses),
    expectancy: averageOf(profits),
    expectancyReturn: averageOf(trips.map((trip) => trip.profit / trip.bought)),
    averageHoldingDays: averageOf(spans),
    longestHoldingDays: spans.length === 0 ? null : Math.max(...spans),
    best: extreme(trips, 1),
    worst: extreme(trips, -1),
    winsInARow: longestRun(profits, (profit) => profit > 0),
    lossesInARow: longestRun(profits, (profit) => profit < 0),
  };
}

/** What trading cost: fees and tax as booked, slippage as the executions state it. */
export function costMetricsOf(run: {
  readonly initialCash: number;
  readonly trades: readonly BacktestTrade[];
  readonly fees: number;
  readonly tax: number;
}): CostMetrics {
  const { trades, fees, tax } = run;
  const slips = trades.flatMap((trade) => (trade.slippage === undefined ? [] : [trade.slippage]));
  const slippage = slips.length === 0 ? null : sumOf(slips);
  const total = fees + tax + (slippage ?? 0);
  const traded = sumOf(trades.map((trade) => trade.price * trade.quantity));
  return {
    fees,
    tax,
    slippage,
    total,
    shareOfTraded: traded === 0 ? null : total / traded,
    shareOfStart: total / run.initialCash,
  };
}

function averageOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : meanOf(values);
}

function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** By won, the first of equals. */
function extreme(trips: readonly RoundTrip[], sign: 1 | -1): TradeResult | null {
  let found: RoundTrip | null = null;
  for (const trip of trips) if (found === null || trip.profit * sign > found.profit * sign) found = trip;
  if (found === null) return null;
  return { symbol: found.symbol, date: found.to, profit: found.profit, return: found.profit / found.bought };
}

function longestRun(values: readonly number[], holds: (value: number) => boolean): number {
  let [run, longest] = [0, 0];
  for (const value of values) {
    run = holds(value) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
