import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import { compareWithCalendar, type CalendarFindings } from './calendar-findings.ts';
import { pricesFault, type BarFault, type PriceRules } from './check-bars.ts';
import { dayStartsAtMs } from '../csv/csv-series.ts';
import { priceSpikes } from './price-spikes.ts';
import type { MinuteSpan, SessionMinutes, SessionsOf } from '../minutes/session-minutes.ts';

/** Stretches without a bar within continuous trading are told from this length on: an illiquid stock has many short ones. */
export const holeMinutesMin = 10;
const shownMax = 100;

/** A stretch of continuous trading without a bar: nobody traded, trading was halted, or the data lack it. */
export interface MinuteHole extends MinuteSpan {
  /** yyyymmdd; `from` and `to` are minutes of that day in Seoul, `to` not included. */
  readonly date: number;
}

/** A wrong bar; `repeated-day` is a minute that stands twice or out of order. */
export interface FaultyMinute {
  readonly fault: BarFault;
  readonly date: number;
  /** Of the day in Seoul. */
  readonly minute: number;
  readonly close: number;
  /** The close of the minute before; 0 for the first. */
  readonly before: number;
}

/** What is to be said about the minute bars of one instrument. Days are yyyymmdd. */
export interface MinuteCheck extends CalendarFindings {
  readonly symbol: string;
  readonly interval: '1m';
  readonly bars: number;
  readonly days: number;
  readonly from: number;
  readonly to: number;
  readonly withoutVolume: number;
  readonly offTick: number;
  /** One in twenty bars off the ticks: the prices were adjusted, and the limits are looked at with room for it. */
  readonly isAdjusted: boolean;
  /** Minutes of continuous trading on the days that have bars, and how many of them have none. */
  readonly expectedMinutes: number;
  readonly missingMinutes: number;
  /** By time, the first hundred; `holeCount` has all. */
  readonly holes: readonly MinuteHole[];
  readonly holeCount: number;
  /** Days without a print of the closing auction. */
  readonly withoutClose: number;
  /** Bars of sessions beside the regular one: at the close's price, after-market. */
  readonly extraSessions: number;
  /** Bars of no session that is known: another exchange's hours, or times that are wrong. By time, the first hundred. */
  readonly outside: readonly { readonly date: number; readonly minute: number }[];
  readonly outsideCount: number;
  readonly faults: readonly FaultyMinute[];
  readonly faultCounts: Readonly<Record<BarFault, number>>;
}

/**
 * Looks over a series of minute bars, possibly empty; changes nothing. Price limits are counted from the last close of the
 * regular session of the day before, where that day is the session before.
 */
export function checkMinutes(series: BarSeries, rules: PriceRules & { readonly sessions: SessionsOf }): MinuteCheck {
  const offTick = series.date.reduce((count, date, row) => {
    const prices = [series.open, series.high, series.low, series.close];
    return count + (prices.some((column) => rules.isOnTick(column[row] ?? NaN, date) === false) ? 1 : 0);
  }, 0);
  const isAdjusted = offTick * 20 >= Math.max(1, series.date.length);
  const days = daysOf(series);
  const { gaps, closedDays } = compareWithCalendar(
    Int32Array.from(days, ({ date }) => date),
    rules.calendar,
  );
  const afterGaps = new Set(gaps.map(({ to }) => days.find(({ date }) => date > to)?.date));
  const found: Found = {
    holes: [],
    holeCount: 0,
    outside: [],
    outsideCount: 0,
    extraSessions: 0,
    expectedMinutes: 0,
    missingMinutes: 0,
    withoutClose: 0,
  };
  const faults: FaultyMinute[] = [];
  let base = 0;
  for (const day of days) {
    const hours = rules.sessions(day.date);
    if (hours !== null) placeDay(series, day, hours, found);
    faults.push(...faultsOfDay(series, day, rules, { base: afterGaps.has(day.date) ? 0 : base, isAdjusted }));
    base = regularClose(series, day, hours);
  }
  for (const row of priceSpikes(series.close)) faults.push(faultAt(series, row, 'spike'));
  return {
    symbol: symbolOf(series.instrument),
    interval: '1m',
    bars: series.date.length,
    days: days.length,
    from: days[0]?.date ?? 0,
    to: days.at(-1)?.date ?? 0,
    withoutVolume: series.volume.reduce((count, shares) => count + (shares === 0 ? 1 : 0), 0),
    offTick,
    isAdjusted,
    ...found,
    gaps,
    closedDays,
    ...summaryOf(faults),
  };
}

/** Rows of one day, `end` not included. */
interface DayRows {
  readonly date: number;
  readonly midnightMs: number;
  readonly start: number;
  readonly end: number;
}

function daysOf({ date }: BarSeries): readonly DayRows[] {
  const days: DayRows[] = [];
  for (let start = 0; start < date.length;) {
    const day = date[start] ?? 0;
    let end = start + 1;
    while (end < date.length && date[end] === day) end += 1;
    days.push({ date: day, midnightMs: dayStartsAtMs(day), start, end });
    start = end;
  }
  return days;
}

function minuteAt({ startsAtMs }: BarSeries, row: number, midnightMs: number): number {
  return Math.floor(((startsAtMs[row] ?? NaN) - midnightMs) / 60_000);
}

type Found = {
  -readonly [
    Key in 'holeCount' | 'outsideCount' | 'extraSessions' | 'expectedMinutes' | 'missingMinutes' | 'withoutClose'
  ]: number;
} & {
  readonly holes: MinuteHole[];
  readonly outside: { readonly date: number; readonly minute: number }[];
};

function placeDay(series: BarSeries, day: DayRows, hours: SessionMinutes, found: Found): void {
  const minutes = new Set<number>();
  for (let row = day.start; row < day.end; row += 1) minutes.add(minuteAt(series, row, day.midnightMs));
  for (const span of hours.continuous) placeSpan(minutes, span, day.date, found);
  const auctionFrom = hours.continuous.at(-1)?.to ?? hours.closesAt;
  let hasClose = false;
  for (const minute of minutes) {
    if (hours.continuous.some((span) => isIn(minute, span))) continue;
    // The print of the auction carries the minute of the close, or one of the auction itself.
    if (minute >= auctionFrom && minute <= hours.closesAt) hasClose = true;
    else if (hours.extra.some((span) => isIn(minute, span))) found.extraSessions += 1;
    else {
      found.outsideCount += 1;
      if (found.outside.length < shownMax) found.outside.push({ date: day.date, minute });
    }
  }
  if (!hasClose) found.withoutClose += 1;
}

function isIn(minute: number, { from, to }: MinuteSpan): boolean {
  return minute >= from && minute < to;
}

function placeSpan(minutes: ReadonlySet<number>, { from, to }: MinuteSpan, date: number, found: Found): void {
  found.expectedMinutes += to - from;
  let since = from;
  for (let minute = from; minute <= to; minute += 1) {
    if (minute < to && !minutes.has(minute)) continue;
    const length = minute - since;
    found.missingMinutes += length;
    if (length >= holeMinutesMin) {
      found.holeCount += 1;
      if (found.holes.length < shownMax) found.holes.push({ date, from: since, to: minute });
    }
    since = minute + 1;
  }
}

function faultsOfDay(
  series: BarSeries,
  day: DayRows,
  rules: PriceRules,
  { base, isAdjusted }: { readonly base: number; readonly isAdjusted: boolean },
): readonly FaultyMinute[] {
  const faults: FaultyMinute[] = [];
  const limits = base > 0 ? rules.limits(base, day.date, isAdjusted) : null;
  for (let row = day.start; row < day.end; row += 1) {
    const prices = [series.open, series.high, series.low, series.close].map((column) => column[row] ?? NaN);
    const found: BarFault[] = pricesFault(prices);
    if (row > 0 && (series.startsAtMs[row] ?? 0) <= (series.startsAtMs[row - 1] ?? 0)) found.push('repeated-day');
    const isBeyond = limits !== null && prices.some((price) => price < limits.lower || price > limits.upper);
    if (found.length === 0 && isBeyond) found.push('beyond-limits');
    for (const fault of found) faults.push(faultAt(series, row, fault));
  }
  return faults;
}

/** What the next day's limits are counted from: the last close up to the regular one; 0 where there is none. */
function regularClose(series: BarSeries, day: DayRows, hours: SessionMinutes | null): number {
  const last = hours?.closesAt ?? Infinity;
  let row = day.end - 1;
  while (row >= day.start && minuteAt(series, row, day.midnightMs) > last) row -= 1;
  return row < day.start ? 0 : (series.close[row] ?? 0);
}

function faultAt({ date, startsAtMs, close }: BarSeries, row: number, fault: BarFault): FaultyMinute {
  const day = date[row] ?? 0;
  const minute = Math.floor(((startsAtMs[row] ?? NaN) - dayStartsAtMs(day)) / 60_000);
  return { fault, date: day, minute, close: close[row] ?? NaN, before: close[row - 1] ?? 0 };
}

function summaryOf(all: readonly FaultyMinute[]): Pick<MinuteCheck, 'faults' | 'faultCounts'> {
  const faultCounts = { 'bad-price': 0, 'bad-range': 0, 'repeated-day': 0, 'beyond-limits': 0, spike: 0 };
  const faults: FaultyMinute[] = [];
  for (const one of all) {
    faultCounts[one.fault] += 1;
    if (faultCounts[one.fault] <= shownMax) faults.push(one);
  }
  return { faults: faults.toSorted((one, other) => one.date - other.date || one.minute - other.minute), faultCounts };
}
