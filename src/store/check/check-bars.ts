import type { BarSeries } from '#domain/bar.ts';
import { firstAtOrAfter } from '#domain/first-at-or-after.ts';
import { symbolOf } from '#domain/instrument.ts';
import { compareWithCalendar, type CalendarFindings, type CalendarOf } from './calendar-findings.ts';
import { priceSpikes } from './price-spikes.ts';

/** What a market says of one instrument's prices. The store knows no market: the caller hands its rules in. */
export interface PriceRules {
  readonly calendar: CalendarOf;
  /** The lowest and highest price of `date` after a close of `base`, both legal; null where the rule is not known. */
  limits(base: number, date: number, isAdjusted: boolean): { readonly lower: number; readonly upper: number } | null;
  /** Null where the rule is not known. */
  isOnTick(price: number, date: number): boolean | null;
}

export type BarFault =
  /** A price of 0 or less, or a fraction. */
  | 'bad-price'
  /** High below the body or the low, or low above the body. */
  | 'bad-range'
  /** A day that stands twice, or before the day in front of it. */
  | 'repeated-day'
  /** Beyond the limits that the close before it gave: a split that nobody recorded, or a wrong price. */
  | 'beyond-limits'
  /** A jump that the next bar takes back. */
  | 'spike';

export interface FaultyBar {
  readonly fault: BarFault;
  /** yyyymmdd */
  readonly date: number;
  readonly close: number;
  /** The close of the bar before; 0 for the first. */
  readonly before: number;
}

/** What is to be said about the bars of one instrument. Days are yyyymmdd. */
export interface BarCheck extends CalendarFindings {
  readonly symbol: string;
  readonly bars: number;
  readonly from: number;
  readonly to: number;
  /** Bars on which nobody traded. */
  readonly withoutVolume: number;
  /** Bars with a price between two ticks of their day. */
  readonly offTick: number;
  /** One in twenty bars off the ticks: the prices were adjusted, and the limits are looked at with room for it. */
  readonly isAdjusted: boolean;
  /** By day; the first hundred of each kind. */
  readonly faults: readonly FaultyBar[];
  /** How many there are of each kind, those left out included. */
  readonly faultCounts: Readonly<Record<BarFault, number>>;
}

const shownMax = 100;

/** Looks over a series of daily bars, possibly empty; changes nothing. */
export function checkBars(series: BarSeries, rules: PriceRules): BarCheck {
  const { date, volume } = series;
  const offTick = countRows(series, (row) => isOffTick(series, row, rules));
  const isAdjusted = offTick * 20 >= Math.max(1, date.length);
  const { gaps, closedDays } = compareWithCalendar(date, rules.calendar);
  const afterGaps = new Set(gaps.map(({ to }) => firstAtOrAfter(date, to + 1)));
  const faults: FaultyBar[] = [];
  for (const row of date.keys()) {
    // Behind a hole nobody knows the close that the day's limits were counted from.
    const base = afterGaps.has(row) ? 0 : (series.close[row - 1] ?? 0);
    faults.push(...faultsOf(series, row, rules, { base, isAdjusted }));
  }
  for (const row of priceSpikes(series.close)) faults.push(faultAt(series, row, 'spike'));
  return {
    symbol: symbolOf(series.instrument),
    bars: date.length,
    from: date[0] ?? 0,
    to: date.at(-1) ?? 0,
    withoutVolume: volume.reduce((count, shares) => count + (shares === 0 ? 1 : 0), 0),
    offTick,
    isAdjusted,
    gaps,
    closedDays,
    ...summaryOf(faults),
  };
}

function countRows(series: BarSeries, isCounted: (row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < series.date.length; row += 1) if (isCounted(row)) count += 1;
  return count;
}

function isOffTick({ open, high, low, close, date }: BarSeries, row: number, rules: PriceRules): boolean {
  return [open, high, low, close].some((column) => rules.isOnTick(column[row] ?? NaN, date[row] ?? 0) === false);
}

function faultsOf(
  series: BarSeries,
  row: number,
  rules: PriceRules,
  { base, isAdjusted }: { readonly base: number; readonly isAdjusted: boolean },
): readonly FaultyBar[] {
  const day = series.date[row] ?? 0;
  const prices = [series.open, series.high, series.low, series.close].map((column) => column[row] ?? NaN);
  const found: BarFault[] = pricesFault(prices);
  if (row > 0 && day <= (series.date[row - 1] ?? 0)) found.push('repeated-day');
  const limits = base > 0 && found.length === 0 ? rules.limits(base, day, isAdjusted) : null;
  const isBeyond = limits !== null && prices.some((price) => price < limits.lower || price > limits.upper);
  if (isBeyond) found.push('beyond-limits');
  return found.map((fault) => faultAt(series, row, fault));
}

/** @param prices open, high, low, close; empty when nothing is wrong */
export function pricesFault(prices: readonly number[]): BarFault[] {
  if (!prices.every((price) => Number.isSafeInteger(price) && price > 0)) return ['bad-price'];
  const [, high, low] = prices;
  return Math.max(...prices) === high && Math.min(...prices) === low ? [] : ['bad-range'];
}

function faultAt({ date, close }: BarSeries, row: number, fault: BarFault): FaultyBar {
  return { fault, date: date[row] ?? 0, close: close[row] ?? NaN, before: close[row - 1] ?? 0 };
}

function summaryOf(all: readonly FaultyBar[]): Pick<BarCheck, 'faults' | 'faultCounts'> {
  const faultCounts = { 'bad-price': 0, 'bad-range': 0, 'repeated-day': 0, 'beyond-limits': 0, spike: 0 };
  const faults: FaultyBar[] = [];
  for (const one of all) {
    faultCounts[one.fault] += 1;
    if (faultCounts[one.fault] <= shownMax) faults.push(one);
  }
  return { faults: faults.toSorted((one, other) => one.date - other.date), faultCounts };
}
