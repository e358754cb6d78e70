import { dateNumber } from '#domain/trading-date.ts';

import type { SessionRule } from '../venue/hours/trading-phases.ts';
import { usClosures, usEarlyClosings } from './us-closures.ts';

/** Where US markets live; its daylight saving is the platform's time zone data. */
export const newYork = 'America/New_York';

/** One US trading day in epoch milliseconds; starts inclusive, ends exclusive. */
export interface UsDay {
  readonly date: Temporal.PlainDate;
  /** Pre-market starts, 04:00. */
  readonly from: number;
  /** 09:30. */
  readonly open: number;
  /** 16:00, or 13:00 on a short day. */
  readonly close: number;
  /** After-hours end, 20:00, or 17:00 on a short day. */
  readonly to: number;
}

/** Clock in New York at `at`. */
export function newYorkTime(at: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(newYork);
}

/** The day in New York at `at`. */
export function newYorkDate(at: number): Temporal.PlainDate {
  return newYorkTime(at).toPlainDate();
}

/** Whether US markets trade on `date`. With the rule `regular` they always do, as the simulated KRX does. */
export function isUsTradingDay(date: Temporal.PlainDate, rule: SessionRule): boolean {
  return rule === 'regular' || (date.dayOfWeek <= 5 && !usClosures.has(dateNumber(date)));
}

/** The sessions of `date`; null when it does not trade. With `regular` one session fills the day. */
export function usDay(date: Temporal.PlainDate, rule: SessionRule): UsDay | null {
  if (!isUsTradingDay(date, rule)) return null;
  if (rule === 'regular') {
    const [from, to] = [instantOf(date, '00:00'), instantOf(date.add({ days: 1 }), '00:00')];
    return { date, from, open: from, close: to, to };
  }
  const isShort = usEarlyClosings.has(dateNumber(date));
  return {
    date,
    from: instantOf(date, '04:00'),
    open: instantOf(date, '09:30'),
    close: instantOf(date, isShort ? '13:00' : '16:00'),
    to: instantOf(date, isShort ? '17:00' : '20:00'),
  };
}

/** The next trading day after `date`; on it trades of `date` settle (T+1). */
export function nextUsTradingDay(date: Temporal.PlainDate, rule: SessionRule): Temporal.PlainDate {
  let day = date.add({ days: 1 });
  while (!isUsTradingDay(day, rule)) day = day.add({ days: 1 });
  return day;
}

/** The last trading day before `date`. */
export function previousUsTradingDay(date: Temporal.PlainDate, rule: SessionRule): Temporal.PlainDate {
  let day = date.subtract({ days: 1 });
  while (!isUsTradingDay(day, rule)) day = day.subtract({ days: 1 });
  return day;
}

function instantOf(date: Temporal.PlainDate, time: string): number {
  return date.toZonedDateTime({ timeZone: newYork, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
}
