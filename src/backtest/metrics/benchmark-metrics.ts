import { dailyReturns, type ValueRecord } from './daily-returns.ts';
import { annualReturnOf, sharpeOf, volatilityOf } from './day-metrics.ts';
import { deepestOf, fallsOf } from './drawdowns.ts';
import type { BenchmarkMetrics } from './metric-groups.ts';
import { sampleOf, tradingDaysPerYear, type Sample } from './sample.ts';

/** Daily returns beside a yardstick over the same days; risk-free 0. Sources in docs/metrics.md. */
export function benchmarkMetricsOf(mine: Sample, yardstick: ValueRecord): BenchmarkMetrics {
  const theirs = sampleOf(dailyReturns(yardstick));
  const apart = sampleOf(mine.values.map((value, day) => value - (theirs.values[day] ?? 0)));
  const beta = betaOf(mine, theirs);
  const end = yardstick.days.at(-1)?.value ?? yardstick.start;
  return {
    totalReturn: end / yardstick.start - 1,
    annualReturn: annualReturnOf(yardstick),
    volatility: volatilityOf(theirs),
    maximumDrawdown: deepestOf(fallsOf(yardstick)),
    alpha: beta === null ? null : (mine.mean - beta * theirs.mean) * tradingDaysPerYear,
    beta,
    correlation: correlationOf(mine, theirs),
    trackingError: volatilityOf(apart),
    informationRatio: sharpeOf(apart),
  };
}

/** Covariance ÷ variance of the yardstick; null with fewer than two days or a yardstick that does not move. */
export function betaOf(mine: Sample, theirs: Sample): number | null {
  return theirs.variation === null ? null : covarianceOf(mine, theirs) / theirs.variation ** 2;
}

function correlationOf(mine: Sample, theirs: Sample): number | null {
  if (mine.variation === null || theirs.variation === null) return null;
  return covarianceOf(mine, theirs) / mine.variation / theirs.variation;
}

/** Divisor n − 1. */
function covarianceOf(mine: Sample, theirs: Sample): number {
  const { values } = mine;
  let sum = 0;
  for (let day = 0; day < values.length; day += 1) {
    sum += ((values[day] ?? 0) - mine.mean) * ((theirs.values[day] ?? 0) - theirs.mean);
  }
  return sum / (values.length - 1);
}
