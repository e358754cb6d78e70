import { dailyReturns, type DayValue, type ValueRecord } from './daily-returns.ts';
import { daysBetween, drawdownsOf, fallsOf } from './drawdowns.ts';
import type { DatedReturn, DayMetrics, Drawdown } from './metric-groups.ts';
import { monthReturns } from './month-returns.ts';
import { deviationOf, meanOf, quantileOf, tradingDaysPerYear, variationOf } from './sample.ts';
import { momentsOf } from './validation/moments.ts';

const daysPerYear = 365.25;
const year = Math.sqrt(tradingDaysPerYear);

/** Figures over daily returns; docs/metrics.md has each formula with its source. */
export function dayMetricsOf(record: ValueRecord): DayMetrics {
  const { days } = record;
  const returns = dailyReturns(record);
  const falls = drawdownsOf(record);
  const deepest = least(falls, (fall) => fall.depth);
  const annualReturn = annualReturnOf(record);
  const varies = variationOf(returns) !== null;
  const { skew, kurtosis } = momentsOf(returns);
  return {
    from: days[0]?.date ?? 0,
    to: days.at(-1)?.date ?? 0,
    days: days.length,
    annualReturn,
    volatility: volatilityOf(returns),
    downsideDeviation: downsideDeviationOf(returns),
    sharpe: sharpeOf(returns),
    sortino: sortinoOf(returns),
    calmar: annualReturn === null || deepest === null ? null : annualReturn / -deepest.depth,
    deepest,
    longest: least(falls, (fall) => -fall.days),
    ulcerIndex: rootMeanSquare(fallsOf(record)),
    ...extremes(record, returns),
    winningDays: returns.length === 0 ? null : returns.filter((value) => value > 0).length / returns.length,
    tailRatio: tailRatioOf(returns),
    skew: varies ? skew : null,
    kurtosis: varies ? kurtosis - 3 : null,
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

export function volatilityOf(returns: readonly number[]): number | null {
  const deviation = deviationOf(returns);
  return deviation === null ? null : deviation * year;
}

/** Mean ÷ deviation × √252, risk-free 0; null where nothing varies. */
export function sharpeOf(returns: readonly number[]): number | null {
  const deviation = variationOf(returns);
  return deviation === null ? null : (meanOf(returns) / deviation) * year;
}

function downsideDeviationOf(returns: readonly number[]): number | null {
  const root = returns.length < 2 ? null : rootMeanSquare(returns.map((value) => Math.min(0, value)));
  return root === null ? null : root * year;
}

/** Without a losing day there is no downside to divide by. */
function sortinoOf(returns: readonly number[]): number | null {
  const downside = downsideDeviationOf(returns);
  return downside === null || downside === 0 ? null : (meanOf(returns) * tradingDaysPerYear) / downside;
}

function tailRatioOf(returns: readonly number[]): number | null {
  if (returns.length < 2) return null;
  const [low, high] = [quantileOf(returns, 0.05), quantileOf(returns, 0.95)];
  return low === null || high === null || low === 0 ? null : Math.abs(high / low);
}

function rootMeanSquare(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.sqrt(meanOf(values.map((value) => value * value)));
}

type Extremes = Pick<DayMetrics, 'bestDay' | 'worstDay' | 'bestMonth' | 'worstMonth'>;

/** The first of equal days or months. */
function extremes(record: ValueRecord, returns: readonly number[]): Extremes {
  const days = record.days.map(({ date }, index) => ({ date, value: returns[index] ?? 0 }));
  const months = monthReturns(record.days, record.start).flatMap(({ year: each, months: values }) =>
    values.flatMap((value, month): readonly DatedReturn[] =>
      value === null ? [] : [{ date: each * 100 + month + 1, value }],
    ),
  );
  return {
    bestDay: least(days, (day) => -day.value),
    worstDay: least(days, (day) => day.value),
    bestMonth: least(months, (month) => -month.value),
    worstMonth: least(months, (month) => month.value),
  };
}

function least<Item extends DatedReturn | Drawdown>(
  items: readonly Item[],
  measure: (item: Item) => number,
): Item | null {
  let found: Item | null = null;
  for (const item of items) if (found === null || measure(item) < measure(found)) found = item;
  return found;
}
