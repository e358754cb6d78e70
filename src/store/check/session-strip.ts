import type { BarSeries } from '#domain/bar.ts';
import { firstAtOrAfter } from '#domain/first-at-or-after.ts';
import { dayStartsAtMs } from '../csv/csv-series.ts';
import type { SessionMinutes } from '../minutes/session-minutes.ts';

/** What ten minutes of continuous trading are drawn as. */
export const sessionMarks = { whole: '█', most: '▓', some: '░', none: '·', outside: ' ' } as const;

const minutesOfMark = 10;
const minutesOfHour = 60;

/** A day of minute bars, drawn. */
export interface SessionStrip {
  readonly date: number;
  /** One mark for ten minutes, from `from` on. */
  readonly marks: string;
  /** Minutes of continuous trading without a bar. */
  readonly missing: number;
}

/**
 * Days of a series against their sessions: a full mark where each of ten minutes of continuous trading has a bar, a paler
 * one where at least half of them have, a pale one where some have, a dot where none has.
 *
 * @param dates yyyymmdd, of days with sessions
 * @param sessions of each
 * @returns in the order of `dates`, from the hour on in which the earliest of them opens
 */
export function sessionStrips(
  series: BarSeries,
  dates: readonly number[],
  sessions: (date: number) => SessionMinutes | null,
): { readonly fromHour: number; readonly days: readonly SessionStrip[] } {
  const hours = dates.flatMap((date) => sessions(date) ?? []);
  const opens = hours.map(({ continuous }) => continuous[0]?.from ?? 0);
  const fromHour = hours.length === 0 ? 0 : Math.floor(Math.min(...opens) / minutesOfHour);
  const days = dates.flatMap((date) => {
    const day = sessions(date);
    return day === null ? [] : [stripOf(series, date, day, fromHour * minutesOfHour)];
  });
  return { fromHour, days };
}

function stripOf(series: BarSeries, date: number, { continuous }: SessionMinutes, from: number): SessionStrip {
  const minutes = minutesWithBars(series, date);
  let [marks, missing] = ['', 0];
  const to = continuous.at(-1)?.to ?? from;
  for (let start = from; start < to; start += minutesOfMark) {
    let [wanted, there] = [0, 0];
    for (let minute = start; minute < start + minutesOfMark; minute += 1) {
      if (!continuous.some((span) => minute >= span.from && minute < span.to)) continue;
      wanted += 1;
      if (minutes.has(minute)) there += 1;
    }
    missing += wanted - there;
    marks += markOf(wanted, there);
  }
  return { date, marks, missing };
}

function minutesWithBars({ date: dates, startsAtMs }: BarSeries, date: number): ReadonlySet<number> {
  const midnight = dayStartsAtMs(date);
  const minutes = new Set<number>();
  for (let row = firstAtOrAfter(dates, date); dates[row] === date; row += 1) {
    minutes.add(((startsAtMs[row] ?? NaN) - midnight) / 60_000);
  }
  return minutes;
}

function markOf(wanted: number, there: number): string {
  if (wanted === 0) return sessionMarks.outside;
  if (there === wanted) return sessionMarks.whole;
  if (there === 0) return sessionMarks.none;
  return there * 2 >= wanted ? sessionMarks.most : sessionMarks.some;
}
