import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullMetricsOf } from './full-metrics.ts';

/**
 * Every figure once more by other arithmetic: sums of powers in place of deviations, every pair of days in place of a
 * running peak, days through Date. Nothing of the production code but the function under test is used.
 */
const dayMs = 86_400_000;

function asDate(index: number): number {
  return Number(new Date(Date.UTC(2021, 0, 1) + index * 3 * dayMs).toISOString().slice(0, 10).replaceAll('-', ''));
}

function asMs(date: number): number {
  const text = String(date);
  return Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6)));
}

const power = (values: readonly number[], degree: number): number =>
  values.map((value) => value ** degree).reduce((sum, value) => sum + value, 0) / values.length;

function close(found: number | null | undefined, wanted: number | null, name: string): void {
  if (wanted === null) {
    assert.equal(found, null, name);
    return;
  }
  assert.ok(typeof found === 'number', `${name} is ${found}, wanted ${wanted}`);
  assert.ok(Math.abs(found - wanted) <= 1e-7 * Math.max(1, Math.abs(wanted)), `${name} is ${found}, wanted ${wanted}`);
}

/** Daily moves from −8 % to 8 %, from a generator of the test's own. */
function walkOf(seed: number): number[] {
  let state = seed;
  return Array.from({ length: 12 + (seed % 80) }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state / 2_147_483_647 - 0.5) * 0.16;
  });
}

function chain(returns: readonly number[]): Days {
  let value = 10_000_000;
  return returns.map((each, index) => ({ date: asDate(index), value: (value = Math.round(value * (1 + each))) }));
}

test('fullMetricsOf() agrees with a recomputation that shares no code, over 80 random walks', () => {
  for (let seed = 1; seed <= 80; seed += 1) {
    const moves = walkOf(seed * 7_919);
    const [equity, benchmark] = [chain(moves), chain(walkOf(seed * 7_919 + 80).slice(0, moves.length))];
    const trades = tradesOf(moves, equity);

    const metrics = fullMetricsOf({
      initialCash: 10_000_000,
      equity,
      benchmark,
      trades,
      daysHeld: moves.length,
      fees: trades.length * 3,
      tax: trades.length,
      deniedOrders: 0,
    });

    checkDays(metrics, equity);
    checkTrades(metrics, trades);
    checkBenchmark(metrics, equity, benchmark);
    close(metrics.costs.total, trades.length * 6, 'costs');
  }
});

function tradesOf(moves: readonly number[], equity: Days) {
  return equity.slice(0, -1).flatMap(({ date }, index) => {
    const plain = { symbol: String(index), price: 1_000, quantity: 100, fee: 3, tax: 1, reason: '', slippage: 2 };
    const profit = Math.round((moves[index] ?? 0) * 100_000);
    return [
      { ...plain, side: 'buy' as const, date, profit: 0 },
      { ...plain, side: 'sell' as const, date: equity[index + 1]!.date, profit },
    ];
  });
}

type Metrics = ReturnType<typeof fullMetricsOf>;
type Days = readonly { readonly date: number; readonly value: number }[];

function returnsOf(days: Days): number[] {
  const values = [10_000_000, ...days.map((day) => day.value)];
  return values.slice(1).map((value, index) => (value - values[index]!) / values[index]!);
}

function checkDays({ perDay, ...headline }: Metrics, equity: Days): void {
  const returns = returnsOf(equity);
  const count = returns.length;
  const mean = power(returns, 1);
  const variance = ((power(returns, 2) - mean ** 2) * count) / (count - 1);
  close(perDay.volatility, Math.sqrt(variance * 252), 'volatility');
  close(perDay.sharpe, (mean * 252) / Math.sqrt(variance * 252), 'sharpe');
  close(headline.sharpe, perDay.sharpe, 'headline sharpe');
  const downside = Math.sqrt(
    (returns.filter((each) => each < 0).reduce((sum, each) => sum + each ** 2, 0) / count) * 252,
  );
  close(perDay.downsideDeviation, downside, 'downside deviation');
  close(perDay.sortino, downside === 0 ? null : (mean * 252) / downside, 'sortino');
  const zScores = returns.map((each) => (each - mean) / Math.sqrt((variance * (count - 1)) / count));
  close(perDay.skew, power(zScores, 3), 'skew');
  close(perDay.kurtosis, power(zScores, 4) - 3, 'kurtosis');
  checkFalls({ perDay, ...headline }, equity);
  const sorted = [...returns].sort((left, right) => left - right);
  const quantile = (share: number): number => {
    const place = share * (count - 1);
    const low = Math.trunc(place);
    return sorted[low]! * (1 - (place - low)) + (sorted[low + 1] ?? 0) * (place - low);
  };
  const low = quantile(0.05);
  close(perDay.tailRatio, low === 0 ? null : Math.abs(quantile(0.95)) / Math.abs(low), 'tail ratio');
  close(perDay.bestDay?.value, Math.max(...returns), 'best day');
  close(perDay.worstDay?.value, Math.min(...returns), 'worst day');
}

/** Each day against every day before it, the starting cash first. */
function checkFalls({ perDay, ...headline }: Metrics, equity: Days): void {
  const values = [10_000_000, ...equity.map((day) => day.value)];
  const falls = values.map((value, index) => Math.min(...values.slice(0, index + 1).map((peak) => value / peak - 1)));
  const deepest = Math.min(...falls);
  close(headline.maximumDrawdown, deepest, 'maximum drawdown');
  close(perDay.deepest?.depth ?? 0, deepest, 'deepest');
  close(perDay.ulcerIndex, Math.sqrt(power(falls.slice(1), 2)), 'ulcer index');
  const years = (asMs(equity.at(-1)!.date) - asMs(equity[0]!.date)) / dayMs / 365.25;
  const annual = Math.exp(Math.log(values.at(-1)! / values[0]!) / years) - 1;
  close(perDay.annualReturn, annual, 'annual return');
  close(perDay.calmar, deepest === 0 ? null : annual / Math.abs(deepest), 'calmar');
  let longest = 0;
  for (let day = 1; day < values.length; day += 1) {
    const peaks = values.slice(0, day).map((_, index) => index);
    const top = Math.max(...values.slice(0, day));
    const peak = Math.max(1, peaks.findLast((index) => values[index] === top) ?? 0);
    const isBelow = values[day]! < top || values[day - 1]! < Math.max(...values.slice(0, Math.max(1, day - 1)));
    if (isBelow) longest = Math.max(longest, (asMs(equity[day - 1]!.date) - asMs(equity[peak - 1]!.date)) / dayMs);
  }
  assert.equal(perDay.longest?.days ?? 0, longest, 'longest under water');
}

function checkTrades(
  { perTrade }: Metrics,
  trades: readonly { readonly side: string; readonly profit: number }[],
): void {
  const profits = trades.filter(({ side }) => side === 'sell').map(({ profit }) => profit);
  const [won, lost] = [profits.filter((each) => each > 0), profits.filter((each) => each < 0)];
  const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
  close(perTrade.winRate, won.length / profits.length, 'win rate');
  close(perTrade.profitFactor, lost.length === 0 ? null : sum(won) / Math.abs(sum(lost)), 'profit factor');
  const isBoth = won.length > 0 && lost.length > 0;
  close(perTrade.payoff, isBoth ? sum(won) / won.length / (Math.abs(sum(lost)) / lost.length) : null, 'payoff');
  close(perTrade.expectancy, sum(profits) / profits.length, 'expectancy');
  close(perTrade.averageHoldingDays, 3, 'holding days');
}

/** Beta as the slope of the least-squares line, by its normal equations. */
function checkBenchmark({ againstBenchmark }: Metrics, equity: Days, benchmark: Days): void {
  const [mine, theirs] = [returnsOf(equity), returnsOf(benchmark)];
  const count = mine.length;
  const both = mine.reduce((sum, each, index) => sum + each * theirs[index]!, 0);
  const [one, other] = [power(mine, 1) * count, power(theirs, 1) * count];
  const slope = (count * both - one * other) / (count * power(theirs, 2) * count - other ** 2);
  close(againstBenchmark?.beta, slope, 'beta');
  close(againstBenchmark?.alpha, ((one - slope * other) / count) * 252, 'alpha');
  const apart = mine.map((each, index) => each - theirs[index]!);
  const mean = power(apart, 1);
  const error = Math.sqrt(((power(apart, 2) - mean ** 2) * count) / (count - 1));
  close(againstBenchmark?.trackingError, error * Math.sqrt(252), 'tracking error');
  close(againstBenchmark?.informationRatio, (mean / error) * Math.sqrt(252), 'information ratio');
}
