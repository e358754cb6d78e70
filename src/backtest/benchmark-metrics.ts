import { dailyReturns, type ValueRecord } from './daily-returns.ts';
import { annualReturnOf, volatilityOf } from './day-metrics.ts';
import { fallsOf } from './drawdowns.ts';
import type { BenchmarkMetrics } from './metric-groups.ts';
import { meanOf, tradingDaysPerYear, variationOf } from './sample.ts';

/** A record beside its yardstick over the same days; risk-free 0. Sources in docs/metrics.md. */
export function benchmarkMetricsOf(record: ValueRecord, yardstick: ValueRecord): BenchmarkMetrics {
  const [mine, theirs] = [dailyReturns(record), dailyReturns(yardstick)];
  const beta = betaOf(mine, theirs);
  const apart = mine.map((value, day) => value - (theirs[day] ?? 0));
  const error = variationOf(apart);
  const end = yardstick.days.at(-1)?.value ?? yardstick.start;
  return {
    totalReturn: end / yardstick.start - 1,
    annualReturn: annualReturnOf(yardstick),
    volatility: volatilityOf(theirs),
    maximumDrawdown: fallsOf(yardstick).reduce((deepest, fall) => Math.min(deepest, fall), 0),
    alpha: beta === null ? null : (meanOf(mine) - beta * meanOf(theirs)) * tradingDaysPerYear,
    beta,
    correlation: correlationOf(mine, theirs),
    trackingError: volatilityOf(apart),
    informationRatio: error === null ? null : (meanOf(apart) / error) * Math.sqrt(tradingDaysPerYear),
  };
}

/** Covariance ÷ variance of the yardstick; null with fewer than two days or a yardstick that does not move. */
export function betaOf(mine: readonly number[], theirs: readonly number[]): number | null {
  const spread = variationOf(theirs);
  return spread === null ? null : covarianceOf(mine, theirs) / spread ** 2;
}

function correlationOf(mine: readonly number[], theirs: readonly number[]): number | null {
  const [one, other] = [variationOf(mine), variationOf(theirs)];
  return one === null || other === null ? null : covarianceOf(mine, theirs) / one / other;
}

/** Divisor n − 1. */
function covarianceOf(mine: readonly number[], theirs: readonly number[]): number {
  const [middle, other] = [meanOf(mine), meanOf(theirs)];
  let sum = 0;
  for (const [day, value] of mine.entries()) sum += (value - middle) * ((theirs[day] ?? 0) - other);
  return sum / (mine.length - 1);
}
