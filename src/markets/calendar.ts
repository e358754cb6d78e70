import { dateNumber, plainDate } from '#domain/trading-date.ts';
import {
  calendarFirstDay,
  calendarLastDay,
  lastTradedSaturday,
  provisionalFrom,
  saturdayClosures,
  weekdayClosures,
} from './holidays.ts';

/** Whether KRX trades on a day; `unknown` must be treated as closed by whoever sends orders. */
export type TradingDay = { readonly kind: 'open' } | { readonly kind: 'closed' } | { readonly kind: 'unknown' };

const open: TradingDay = { kind: 'open' };
const closed: TradingDay = { kind: 'closed' };
const unknown: TradingDay = { kind: 'unknown' };

const closures: ReadonlySet<number> = new Set([...days(weekdayClosures), ...days(saturdayClosures)]);

/** KRX's calendar: known from 1990-01-01 to 2027-12-31, inclusive; `unknown` on every other day. */
export function tradingDay(date: Temporal.PlainDate): TradingDay {
  const day = dateNumber(date);
  if (day < calendarFirstDay || day > calendarLastDay) return unknown;
  const { dayOfWeek } = date;
  if (dayOfWeek === 7 || closures.has(day)) return closed;
  if (dayOfWeek === 6 && day > lastTradedSaturday) return closed;
  return open;
}

/** True only on a day known to be open. */
export function isTradingDay(date: Temporal.PlainDate): boolean {
  return tradingDay(date).kind === 'open';
}

/** True where the calendar rests on statute and not yet on a notice of the exchange; ask the broker on the day. */
export function isProvisional(date: Temporal.PlainDate): boolean {
  const day = dateNumber(date);
  return day >= provisionalFrom && day <= calendarLastDay;
}

/** Answers given already, by yyyymmdd: the calendar has some ten thousand, and backtests ask for the same ones again. */
const knownNext = new Map<number, Temporal.PlainDate>();

/** The first session after `date`. @throws {RangeError} when the search leaves the known calendar */
export function nextTradingDay(date: Temporal.PlainDate): Temporal.PlainDate {
  const day = dateNumber(date);
  const known = knownNext.get(day);
  if (known !== undefined) return known;
  const next = step(date, 1);
  // Days outside the calendar may be asked for too, but the search from most of them throws; what is kept stays bounded.
  if (day >= calendarFirstDay && day <= calendarLastDay) knownNext.set(day, next);
  return next;
}

/** The last session before `date`. @throws {RangeError} when the search leaves the known calendar */
export function previousTradingDay(date: Temporal.PlainDate): Temporal.PlainDate {
  return step(date, -1);
}

/**
 * The day on which shares and cash of a trade change hands: two sessions after it (T+2), 1990 to today.
 *
 * @throws {RangeError} when that day lies outside the known calendar
 */
export function settlementDate(tradeDate: Temporal.PlainDate): Temporal.PlainDate {
  return nextTradingDay(nextTradingDay(tradeDate));
}

/** Answers given already, as `knownNext` keeps them. */
const knownSettlements = new Map<number, number>();

/** `settlementDate` with days as yyyymmdd. @throws {RangeError} as it does, and for a number that is no day */
export function settlementDay(tradeDay: number): number {
  const known = knownSettlements.get(tradeDay);
  if (known !== undefined) return known;
  const settlesOn = dateNumber(settlementDate(plainDate(tradeDay)));
  if (tradeDay >= calendarFirstDay && tradeDay <= calendarLastDay) knownSettlements.set(tradeDay, settlesOn);
  return settlesOn;
}

function step(from: Temporal.PlainDate, days: 1 | -1): Temporal.PlainDate {
  let date = from;
  // The longest closing, Chuseok of 2017, took ten days; the loop ends at the latest where the calendar does.
  for (;;) {
    date = date.add({ days });
    const { kind } = tradingDay(date);
    if (kind === 'open') return date;
    if (kind === 'unknown') {
      throw new RangeError(`No session found from ${from.toString()}: the calendar ends before ${date.toString()}`);
    }
  }
}

function days(byYear: Readonly<Record<number, string>>): number[] {
  return Object.entries(byYear).flatMap(([year, list]) =>
    list.split(' ').map((monthDay) => Number(year) * 10_000 + Number.parseInt(monthDay, 10)),
  );
}
