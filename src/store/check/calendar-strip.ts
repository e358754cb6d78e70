import type { CalendarOf } from './calendar-findings.ts';
import { dayStartsAtMs } from '../csv/csv-series.ts';

/** A year of a series, one mark a week of seven days from 1 January on. */
export interface StripYear {
  readonly year: number;
  /** 53 characters of `stripMarks`. */
  readonly weeks: string;
  /** Sessions of the calendar without a bar, from the first bar of the series to its last. */
  readonly missing: number;
}

/** What a week is drawn as. */
export const stripMarks = { whole: '█', halted: '▓', missing: '░', empty: '·', outside: ' ' } as const;

const weeksOfYear = 53;
const dayMs = 86_400_000;
const seoulOffsetMs = 9 * 3_600_000;

/**
 * A series drawn against the calendar: a full mark where each session has a bar with trades, a paler one where nobody
 * traded on a day, a pale one where a session is missing, a dot where all are.
 *
 * @param series days as yyyymmdd ascending, and their volumes
 */
export function calendarStrip(
  series: { readonly date: Int32Array; readonly volume: Float64Array },
  calendar: CalendarOf,
): readonly StripYear[] {
  const [first, last] = [series.date[0], series.date.at(-1)];
  if (first === undefined || last === undefined) return [];
  const volumes = new Map(Array.from(series.date, (date, row) => [date, series.volume[row] ?? 0]));
  const years: StripYear[] = [];
  for (let year = yearOf(first); year <= yearOf(last); year += 1) {
    const weeks = weeksIn(year, { first, last, volumes, calendar });
    years.push({
      year,
      weeks: weeks.map(markOf).join(''),
      missing: weeks.reduce((sum, week) => sum + week.missing, 0),
    });
  }
  return years;
}

interface Week {
  sessions: number;
  missing: number;
  halted: number;
}

interface StripSource {
  readonly first: number;
  readonly last: number;
  readonly volumes: ReadonlyMap<number, number>;
  readonly calendar: CalendarOf;
}

function weeksIn(year: number, { first, last, volumes, calendar }: StripSource): readonly Week[] {
  const weeks = Array.from({ length: weeksOfYear }, (): Week => ({ sessions: 0, missing: 0, halted: 0 }));
  const startsAtMs = dayStartsAtMs(year * 10_000 + 101);
  for (let day = 0; day < 366; day += 1) {
    const date = dateOf(startsAtMs + day * dayMs);
    const week = weeks[Math.trunc(day / 7)];
    if (week === undefined || yearOf(date) !== year || date < first || date > last) continue;
    const volume = volumes.get(date);
    const isMissing = volume === undefined && calendar(date) === 'open';
    if (isMissing) week.missing += 1;
    if (isMissing || volume !== undefined) week.sessions += 1;
    if (volume === 0) week.halted += 1;
  }
  return weeks;
}

function markOf({ sessions, missing, halted }: Week): string {
  if (sessions === 0) return stripMarks.outside;
  if (missing === sessions) return stripMarks.empty;
  if (missing > 0) return stripMarks.missing;
  return halted > 0 ? stripMarks.halted : stripMarks.whole;
}

function yearOf(date: number): number {
  return Math.trunc(date / 10_000);
}

function dateOf(startsAtMs: number): number {
  const day = new Date(startsAtMs + seoulOffsetMs);
  return day.getUTCFullYear() * 10_000 + (day.getUTCMonth() + 1) * 100 + day.getUTCDate();
}
