import type { DayValue, ValueRecord } from './daily-returns.ts';
import { daysBetween, drawdownsOf, fallsOf } from './drawdowns.ts';
import type { DatedReturn, DayMetrics, Drawdown } from './metric-groups.ts';
import { monthReturns } from './month-returns.ts';
import { sortedQuantile, tradingDaysPerYear, type Sample } from './sample.ts';

const daysPerYear = 365.25;
const year = Math.sqrt(tradingDaysPerYear);

/**
 * Figures over daily returns; docs/metrics.md has each formula with its source.
 *
 * @param returns `dailyReturns` of the record
 */
export function dayMetricsOf(record: ValueRecord, returns: Sample): DayMetrics {
  const { days } = record;
  const falls = fallsOf(record);
  const drawdowns = drawdownsOf(record, falls);
  const deepest = least(drawdowns, (fall) => fall.depth);
  const annualReturn = annualReturnOf(record);
  const downside = downsideDeviationOf(returns);
  const varies = returns.variation !== null;
  return {
    from: days[0]?.date ?? 0,
    to: days.at(-1)?.date ?? 0,
    days: days.length,
    annualReturn,
    volatility: volatilityOf(returns),
    downsideDeviation: downside,
    sharpe: sharpeOf(returns),
    // Without a losing day there is no downside to divide by.
    sortino: downside === null || downside === 0 ? null : (returns.mean * tradingDaysPerYear) / downside,
    calmar: annualReturn === null || deepest === null ? null : annualReturn / -deepest.depth,
    deepest,
    longest: least(drawdowns, (fall) => -fall.days),
    ulcerIndex: falls.length === 0 ? null : rootMeanSquare(falls),
    ...extremes(record, returns.values),
    winningDays: days.length === 0 ? null : countGains(returns.values) / days.length,
    tailRatio: tailRatioOf(returns.values),
    skew: varies ? returns.skew : null,
    kurtosis: varies ? returns.kurtosis - 3 : null,
  };
}

/** From the first day to the last in calendar days ÷ 365.25; 0 within a day. */
export function yearsOf(days: readonly DayValue[]): number {
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined ? 0 : daysBetween(first.date, last.date) / daysPerYear;
}

/** (Last ÷ start)^(1 ÷ years) − 1; null over less than a day, and when nothing is left: no rate a year leads there. */
export function annualReturnOf({ start, days }: ValueRecord): number | null {
  const [years, end] = [yearsOf(days), days.at(-1)?.value ?? start];
  return years > 0 && end > 0 ? (end / start) ** (1 / years) - 1 : null;
}

export function volatilityOf({ deviation }: Sample): number | null {
  return deviation === null ? null : deviation * year;
}

/** Mean ÷ deviation × √252, risk-free 0; null where nothing varies. */
export function sharpeOf({ mean, variation }: Sample): number | null {
  return variation === null ? null : (mean / variation) * year;
}

function downsideDeviationOf({ values }: Sample): number | null {
  if (values.length < 2) return null;
  let squares = 0;
  for (const value of values) squares += Math.min(0, value) ** 2;
  return Math.sqrt(squares / values.length) * year;
}

function countGains(returns: Float64Array): number {
  let gains = 0;
  for (const value of returns) if (value > 0) gains += 1;
  return gains;
}

function tailRatioOf(returns: Float64Array): number | null {
  if (returns.length < 2) return null;
  const sorted = returns.toSorted();
  const [low, high] = [sortedQuantile(sorted, 0.05), sortedQuantile(sorted, 0.95)];
  return low === null || high === null || low === 0 ? null : Math.abs(high / low);
}

function rootMeanSquare(values: Float64Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares / values.length);
}

type Extremes = Pick<DayMetrics, 'bestDay' | 'worstDay' | 'bestMonth' | 'worstMonth'>;

/** The first of equal days or months. */
function extremes({ days, start }: ValueRecord, returns: Float64Array): Extremes {
  const months = monthReturns(days, start).flatMap(({ year: each, months: values }) =>
    values.flatMap((value, month): readonly DatedReturn[] =>
      value === null ? [] : [{ date: each * 100 + month + 1, value }],
    ),
  );
  const { best, worst } = bestAndWorst(returns);
  const dayOf = (row: number): DatedReturn | null =>
    days.length === 0 ? null : { date: days[row]?.date ?? 0, value: returns[row] ?? 0 };
  return {
    bestDay: dayOf(best),
    worstDay: dayOf(worst),
    bestMonth: least(months, (month) => -month.value),
    worstMonth: least(months, (month) => month.value),
  };
}

function bestAndWorst(returns: Float64Array): { readonly best: number; readonly worst: number } {
  let [best, worst] = [0, 0];
  for (let row = 1; row < returns.length; row += 1) {
    const value = returns[row] ?? 0;
    if (value > (returns[best] ?? 0)) best = row;
    if (value < (returns[worst] ?? 0)) worst = row;
  }
  return { best, worst };
}

function least<Item extends DatedReturn | Drawdown>(
  items: readonly Item[],
  measure: (item: Item) => number,
): Item | null {
  let found: Item | null = null;
  for (const item of items) if (found === null || measure(item) < measure(found)) found = item;
  return found;
}
