import { dayStartsAtMs } from '../csv/csv-series.ts';

/** What an exchange's calendar says of a day, yyyymmdd. The store knows no calendar: the caller hands one in. */
export type CalendarOf = (date: number) => 'open' | 'closed' | 'unknown';

/** Sessions of the calendar that a series does not have, one after the other. Days are yyyymmdd, both included. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly sessions: number;
  /** One of the holes that public daily files of KRX have before 1999: the first sessions of January, May and September. */
  readonly isKnown: boolean;
}

export interface CalendarFindings {
  readonly gaps: readonly Gap[];
  /** Days of the series on which the exchange was closed. */
  readonly closedDays: readonly number[];
}

const dayMs = 86_400_000;
const seoulOffsetMs = 9 * 3_600_000;

/** Compares the days of a series (yyyymmdd, ascending) with a calendar, from the first day of the series to its last. */
export function compareWithCalendar(dates: Int32Array, calendar: CalendarOf): CalendarFindings {
  const gaps: Gap[] = [];
  const closedDays: number[] = [];
  let missing: number[] = [];
  let next = 0;
  const last = dates.at(-1) ?? 0;
  for (let startsAtMs = dayStartsAtMs(dates[0] ?? 19700101); next < dates.length; startsAtMs += dayMs) {
    const date = dateOf(startsAtMs);
    if (date > last) break;
    const kind = calendar(date);
    if (dates[next] !== date) {
      if (kind === 'open') missing.push(date);
      continue;
    }
    next += 1;
    if (kind === 'closed') closedDays.push(date);
    if (missing.length > 0) gaps.push(gapOf(missing));
    missing = [];
  }
  return { gaps, closedDays };
}

function gapOf(days: readonly number[]): Gap {
  const from = days[0] ?? 0;
  const to = days.at(-1) ?? 0;
  const isKnown = to < 19990101 && days.every(isInKnownHole);
  return { from, to, sessions: days.length, isKnown };
}

function isInKnownHole(date: number): boolean {
  const month = Math.trunc(date / 100) % 100;
  return (month === 1 || month === 5 || month === 9) && date % 100 <= 19;
}

function dateOf(startsAtMs: number): number {
  const day = new Date(startsAtMs + seoulOffsetMs);
  return day.getUTCFullYear() * 10_000 + (day.getUTCMonth() + 1) * 100 + day.getUTCDate();
}
