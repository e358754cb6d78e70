import type { BarSeries } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { firstAtOrAfter } from '#domain/first-at-or-after.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { CorporateAction } from './corporate-action.ts';

/** An exact fraction above 0. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const whole: Fraction = { over: 1n, under: 1n };

/**
 * Bars on the footing of their last day: prices before a split times shares before ÷ shares after, its volumes the other
 * way round; prices before a dividend times (close of the bar before − dividend) ÷ that close, volumes as they are.
 *
 * Factors are exact fractions, multiplied up without rounding; each price is then rounded once, half up, to whole won and
 * to 1 at the least, each volume half up to whole shares. Rounding keeps order, so low ≤ open, close ≤ high still holds.
 * The bars given are left as they are: they stay the way back.
 *
 * @param series the instrument's whole history, since a dividend counts from the close before it: of the day before, or of
 *   the last minute of the day before, which after-hours trading may have moved off the close that the market counts from
 * @param actions of this instrument, none of them withdrawn; those before the first bar or after the last change nothing
 * @param days for minute bars, the day bars whose closes dividends count from, where there are any on the day before
 * @throws {FixConfiguration} `store.adjust` when a dividend is not smaller than the close before it
 */
export function adjustBars(
  series: BarSeries,
  actions: readonly CorporateAction[],
  days: BarSeries = series,
): BarSeries {
  const steps = stepsOf(series, actions, days);
  if (steps.length === 0) return series;
  const columns = {
    open: series.open.slice(),
    high: series.high.slice(),
    low: series.low.slice(),
    close: series.close.slice(),
    volume: series.volume.slice(),
  };
  let [price, volume] = [whole, whole];
  for (const [index, step] of steps.entries()) {
    price = product(price, step.price);
    volume = product(volume, step.volume);
    const from = steps[index + 1]?.end ?? 0;
    for (const name of ['open', 'high', 'low', 'close'] as const) multiply(columns[name], from, step.end, price, 1);
    multiply(columns.volume, from, step.end, volume, 0);
  }
  const { instrument, interval, date, startsAtMs } = series;
  return { instrument, interval, date, startsAtMs, ...columns };
}

/** What happens to all bars before place `end`; latest first. */
interface Step {
  readonly end: number;
  readonly price: Fraction;
  readonly volume: Fraction;
}

function stepsOf(series: BarSeries, actions: readonly CorporateAction[], days: BarSeries): readonly Step[] {
  return actions
    .map((action) => stepOf(series, action, days))
    .filter((step): step is Step => step !== null)
    .toSorted((one, other) => other.end - one.end);
}

function stepOf(series: BarSeries, action: CorporateAction, days: BarSeries): Step | null {
  const end = firstAtOrAfter(series.date, action.from);
  if (end === 0 || end === series.date.length) return null;
  if (action.kind === 'split') {
    const [before, after] = [BigInt(action.sharesBefore), BigInt(action.sharesAfter)];
    return { end, price: { over: before, under: after }, volume: { over: after, under: before } };
  }
  const close = closeBefore(series, end, days, action.from);
  if (action.dividend < close) {
    return { end, price: { over: BigInt(close - action.dividend), under: BigInt(close) }, volume: whole };
  }
  throw new FixConfiguration(
    'store.adjust',
    `Cannot adjust ${symbolOf(series.instrument)} for the dividend of ${action.from}: found ${action.dividend} won a share, wanted less than the close before it, ${close}. Withdraw the entry, or import the right one.`,
  );
}

/** The close of the day bar, unless `days` lacks the last day of the series before `day`. */
function closeBefore(series: BarSeries, end: number, days: BarSeries, day: number): number {
  const place = firstAtOrAfter(days.date, day) - 1;
  const isThere = (days.date[place] ?? 0) >= (series.date[end - 1] ?? 0);
  return (isThere ? days.close[place] : series.close[end - 1]) ?? 0;
}

function product(one: Fraction, other: Fraction): Fraction {
  const [over, under] = [one.over * other.over, one.under * other.under];
  const divisor = greatestDivisor(over, under);
  return { over: over / divisor, under: under / divisor };
}

function greatestDivisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** Half up: the whole part of (2 × value × over + under) ÷ (2 × under). Values are 0 or more. */
function multiply(column: Float64Array, from: number, to: number, { over, under }: Fraction, min: number): void {
  const [overNumber, underNumber] = [Number(over), Number(under)];
  let largest = 0;
  for (let row = from; row < to; row += 1) largest = Math.max(largest, column[row] ?? 0);
  // Every step of the plain way is then an exact whole number; many dividends make fractions of hundreds of digits.
  const isPlain = 2 * largest * overNumber + underNumber <= Number.MAX_SAFE_INTEGER && underNumber <= 2 ** 51;
  for (let row = from; row < to; row += 1) {
    const value = column[row] ?? 0;
    column[row] = Math.max(min, isPlain ? plainly(value, overNumber, underNumber) : exactly(value, over, under));
  }
}

function plainly(value: number, over: number, under: number): number {
  const top = 2 * value * over + under;
  return (top - (top % (2 * under))) / (2 * under);
}

function exactly(value: number, over: bigint, under: bigint): number {
  return Number((2n * BigInt(value) * over + under) / (2n * under));
}
