import { dailyReturns, recordFrom, type DayValue, type ValueRecord } from './daily-returns.ts';
import { annualReturnOf, sharpeOf, volatilityOf, yearsOf } from './day-metrics.ts';
import { deepestOf, fallsOf } from './drawdowns.ts';
import type { BacktestMetrics, BacktestSplit, BacktestTrade } from '../result.ts';
import { roundTripsOf, type RoundTrip } from './round-trips.ts';
import { sampleOf, type Sample } from './sample.ts';

/** What the figures are counted from. */
export interface MeasuredRun {
  readonly initialCash: number;
  readonly equity: readonly DayValue[];
  readonly benchmark: readonly DayValue[];
  readonly trades: readonly BacktestTrade[];
  /** Splits that multiplied shares held; none when left out. */
  readonly splits?: readonly BacktestSplit[];
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
  const record = recordFrom(run.initialCash, run.equity, run.tradableFrom ?? 0);
  const trips = roundTripsOf(run.trades, run.splits);
  return headlineOf(run, { record, returns: sampleOf(dailyReturns(record)), trips });
}

/** `metricsOf` from what counts of the run, its daily returns and its round trips. */
export function headlineOf(
  run: MeasuredRun,
  {
    record,
    returns,
    trips,
  }: { readonly record: ValueRecord; readonly returns: Sample; readonly trips: readonly RoundTrip[] },
): BacktestMetrics {
  const { initialCash, equity, benchmark, trades } = run;
  const finalValue = equity.at(-1)?.value ?? initialCash;
  const wins = trips.filter((trip) => trip.profit > 0);
  return {
    finalValue,
    totalReturn: finalValue / initialCash - 1,
    annualReturn: annualReturnOf(record),
    maximumDrawdown: deepestOf(fallsOf({ start: initialCash, days: equity })),
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
  let sum = 0;
  for (const day of days) sum += day.value;
  const mean = days.length === 0 ? 0 : sum / days.length;
  if (years === 0 || mean <= 0) return 0;
  let value = 0;
  for (const trade of trades) value += trade.price * trade.quantity;
  return value / 2 / mean / years;
}
