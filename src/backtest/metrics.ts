import { dailyReturns, recordFrom, type DayValue } from './daily-returns.ts';
import { annualReturnOf, sharpeOf, volatilityOf, yearsOf } from './day-metrics.ts';
import { fallsOf } from './drawdowns.ts';
import type { BacktestMetrics, BacktestTrade } from './result.ts';
import { roundTripsOf } from './round-trips.ts';
import { meanOf } from './sample.ts';

/** What the figures are counted from. */
export interface MeasuredRun {
  readonly initialCash: number;
  readonly equity: readonly DayValue[];
  readonly benchmark: readonly DayValue[];
  readonly trades: readonly BacktestTrade[];
  /** Days that ended with a position. */
  readonly daysHeld: number;
  readonly fees: number;
  readonly tax: number;
  readonly deniedOrders: number;
  /** First day that counts for everything a year or a day, yyyymmdd; all days when left out. */
  readonly tradableFrom?: number;
}

/**
 * The headline figures of a backtest; docs/metrics.md has every formula with its source.
 *
 * `annualReturn`, `volatility`, `sharpe`, `exposure` and `turnover` count from the first tradable day, so that the bars a
 * strategy warms up on make it neither calmer nor lazier. `totalReturn` and `maximumDrawdown` are over the whole record,
 * on which nothing moves before that day. `winRate` and `profitFactor` (won ÷ lost, in won) are over closed round trips;
 * null without any, the factor also without a loss. `turnover` is the value of all executions ÷ 2 ÷ mean equity ÷ years.
 */
export function metricsOf(run: MeasuredRun): BacktestMetrics {
  const { initialCash, equity, benchmark, trades } = run;
  const finalValue = equity.at(-1)?.value ?? initialCash;
  const record = recordFrom(initialCash, equity, run.tradableFrom ?? 0);
  const returns = dailyReturns(record);
  const trips = roundTripsOf(trades);
  const wins = trips.filter((trip) => trip.profit > 0);
  return {
    finalValue,
    totalReturn: finalValue / initialCash - 1,
    annualReturn: annualReturnOf(record),
    maximumDrawdown: fallsOf({ start: initialCash, days: equity }).reduce(
      (deepest, fall) => Math.min(deepest, fall),
      0,
    ),
    sharpe: sharpeOf(returns),
    volatility: volatilityOf(returns),
    roundTrips: trips.length,
    winRate: trips.length === 0 ? null : wins.length / trips.length,
    profitFactor: profitFactor(trips.map((trip) => trip.profit)),
    exposure: record.days.length === 0 ? 0 : run.daysHeld / record.days.length,
    turnover: turnover(trades, record.days),
    fees: run.fees,
    tax: run.tax,
    benchmarkReturn: benchmark.length === 0 ? null : (benchmark.at(-1)?.value ?? initialCash) / initialCash - 1,
    deniedOrders: run.deniedOrders,
  };
}

function profitFactor(profits: readonly number[]): number | null {
  let [won, lost] = [0, 0];
  for (const profit of profits) {
    if (profit > 0) won += profit;
    else lost -= profit;
  }
  return lost === 0 ? null : won / lost;
}

function turnover(trades: readonly BacktestTrade[], days: readonly DayValue[]): number {
  const years = yearsOf(days);
  const mean = days.length === 0 ? 0 : meanOf(days.map((day) => day.value));
  if (years === 0 || mean <= 0) return 0;
  let value = 0;
  for (const trade of trades) value += trade.price * trade.quantity;
  return value / 2 / mean / years;
}
