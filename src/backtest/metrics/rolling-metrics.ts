import { betaOf } from './benchmark-metrics.ts';
import { dailyReturns, type ValueRecord } from './daily-returns.ts';
import { sharpeOf, volatilityOf } from './day-metrics.ts';
import { sampleOf } from './sample.ts';

/** One point of each rolling figure, over the days up to and with `date`; null where it is not defined. */
export interface RollingPoint {
  readonly date: number;
  readonly sharpe: number | null;
  readonly volatility: number | null;
  readonly beta: number | null;
}

/**
 * Sharpe ratio, volatility and beta over the last `window` days, the first after `window` days.
 *
 * @param every gives one point in so many days, counted back from the last day, which is always there
 * @returns none when the record is shorter than the window
 */
export function rollingMetrics(
  record: ValueRecord,
  yardstick: ValueRecord,
  { window, every }: { readonly window: number; readonly every: number },
): readonly RollingPoint[] {
  const [mine, theirs] = [dailyReturns(record), dailyReturns(yardstick)];
  const points: RollingPoint[] = [];
  for (let end = mine.length; end >= window; end -= every) {
    const part = sampleOf(mine.subarray(end - window, end));
    const other = sampleOf(theirs.subarray(end - window, end));
    points.push({
      date: record.days[end - 1]?.date ?? 0,
      sharpe: sharpeOf(part),
      volatility: volatilityOf(part),
      beta: betaOf(part, other),
    });
  }
  return points.toReversed();
}
