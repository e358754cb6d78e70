import { coordinate } from './markup.ts';

/** Where a date gets a line across and its words. */
interface TimeMark {
  readonly place: number;
  readonly text: string;
}

/**
 * A thin line at each new year; at each new month of a record that sees fewer than two years begin, and of a few days in
 * one month at the days themselves. Of many only every second or third one is marked.
 */
export function timeMarks(
  dates: readonly number[],
  at: { readonly stride: number; readonly top: number; readonly bottom: number; readonly marksMax: number },
): string {
  const marks = marksOf(dates);
  const every = Math.ceil(marks.length / at.marksMax);
  return marks
    .filter((_, index) => index % every === 0)
    .map(({ place, text }) => {
      const x = coordinate(place * at.stride);
      return `<line class="c-grid" x1="${x}" x2="${x}" y1="${at.top}" y2="${at.bottom}"/><text x="${coordinate(place * at.stride + 4)}" y="${at.bottom + 16}">${text}</text>`;
    })
    .join('');
}

function marksOf(dates: readonly number[]): readonly TimeMark[] {
  const years = startsOf(dates, 10_000, String);
  if (years.length >= 2) return years;
  const months = startsOf(dates, 100, (month) => `${Math.trunc(month / 100)}.${twoDigits(month % 100)}`);
  if (months.length >= 2) return months;
  // The last day would stand outside.
  return dates
    .slice(0, -1)
    .map((date, place) => ({ place, text: `${twoDigits(Math.trunc(date / 100) % 100)}.${twoDigits(date % 100)}` }));
}

/** The first day of each period but the first, which may have begun before. */
function startsOf(dates: readonly number[], days: number, textOf: (period: number) => string): readonly TimeMark[] {
  return dates.flatMap((date, place) => {
    const period = Math.trunc(date / days);
    return period === Math.trunc((dates[place - 1] ?? date) / days) ? [] : [{ place, text: textOf(period) }];
  });
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
