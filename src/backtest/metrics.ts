import { plainDate } from '#domain/trading-date.ts';
import type { BacktestMetrics, BacktestTrade } from './result.ts';
import { roundTripsOf } from './round-trips.ts';

interface DayValue {
  readonly date: number;
  readonly value: number;
}

const tradingDaysPerYear = 252;
const daysPerYear = 365.25;

/**
 * The figures of a backtest.
 *
 * `annualReturn` (final ÷ initial)^(365.25 ÷ calendar days) − 1, from the first day to the last; null over less than a
 * day or when nothing is left. `maximumDrawdown` the least of value ÷ highest value so far − 1, the starting cash counting
 * as the first peak (Magdon-Ismail and Atiya, 2004). `volatility` the standard deviation of daily returns (n − 1) times
 * √252, `sharpe` their mean divided by that deviation times √252, risk-free 0 (Sharpe, "The Sharpe Ratio", 1994); null
 * with fewer than two days or no variation. `winRate` and `profitFactor` (won ÷ lost, in won) over closed round trips;
 * null without any, the factor also without a loss. `turnover` the value of all executions ÷ 2 ÷ mean equity ÷ years.
 */
export function metricsOf(run: {
  readonly initialCash: number;
  readonly equity: readonly DayValue[];
  readonly benchmark: readonly DayValue[];
  readonly trades: readonly BacktestTrade[];
  /** Days that ended with a position. */
  readonly daysHeld: number;
  readonly fees: number;
  readonly tax: number;
  readonly deniedOrders: number;
}): BacktestMetrics {
  const { initialCash, equity, benchmark, trades } = run;
  const finalValue = equity.at(-1)?.value ?? initialCash;
  const years = yearsOf(equity);
  const returns = dailyReturns(initialCash, equity);
  const spread = deviation(returns);
  const trips = roundTripsOf(trades);
  const wins = trips.filter((trip) => trip.profit > 0);
  return {
    finalValue,
    totalReturn: finalValue / initialCash - 1,
    annualReturn: years > 0 && finalValue > 0 ? (finalValue / initialCash) ** (1 / years) - 1 : null,
    maximumDrawdown: maximumDrawdown(initialCash, equity),
    sharpe: spread === null || spread === 0 ? null : (mean(returns) / spread) * Math.sqrt(tradingDaysPerYear),
    volatility: spread === null ? null : spread * Math.sqrt(tradingDaysPerYear),
    roundTrips: trips.length,
    winRate: trips.length === 0 ? null : wins.length / trips.length,
    profitFactor: profitFactor(trips.map((trip) => trip.profit)),
    exposure: equity.length === 0 ? 0 : run.daysHeld / equity.length,
    turnover: turnover(trades, equity, years),
    fees: run.fees,
    tax: run.tax,
    benchmarkReturn: benchmark.length === 0 ? null : (benchmark.at(-1)?.value ?? initialCash) / initialCash - 1,
    deniedOrders: run.deniedOrders,
  };
}

function yearsOf(equity: readonly DayValue[]): number {
  const first = equity[0];
  const last = equity.at(-1);
  if (first === undefined || last === undefined) return 0;
  return plainDate(last.date).since(plainDate(first.date), { largestUnit: 'days' }).days / daysPerYear;
}

function dailyReturns(initialCash: number, equity: readonly DayValue[]): readonly number[] {
  return equity.map(({ value }, index) => value / (equity[index - 1]?.value ?? initialCash) - 1);
}

function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Sample standard deviation; null with fewer than two values. */
function deviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const middle = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - middle) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

function maximumDrawdown(initialCash: number, equity: readonly DayValue[]): number {
  let [peak, deepest] = [initialCash, 0];
  for (const { value } of equity) {
    peak = Math.max(peak, value);
    deepest = Math.min(deepest, value / peak - 1);
  }
  return deepest;
}

function profitFactor(profits: readonly number[]): number | null {
  let [won, lost] = [0, 0];
  for (const profit of profits) {
    if (profit > 0) won += profit;
    else lost -= profit;
  }
  return lost === 0 ? null : won / lost;
}

function turnover(trades: readonly BacktestTrade[], equity: readonly DayValue[], years: number): number {
  if (years === 0) return 0;
  let value = 0;
  for (const trade of trades) value += trade.price * trade.quantity;
  return value / 2 / mean(equity.map((day) => day.value)) / years;
}
