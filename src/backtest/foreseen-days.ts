import type { BarSeries, RowRange } from '#domain/bar.ts';

/** The days of many series in one list, and which of them a date is. */
export interface ForeseenDays {
  /** yyyymmdd, ascending, each once. */
  readonly dates: Int32Array;
  /** Start of the day's bars, epoch milliseconds. */
  readonly startsAtMs: Float64Array;
  /** The place of a date of one of the series in `dates`. */
  placeOf(date: number): number;
}

/** Every month as long as the longest: a date is then a place by multiplication alone. */
const placesPerMonth = 31;
const placesPerYear = 12 * placesPerMonth;

/**
 * The days from `from` on (yyyymmdd) that `series` have within their ranges, or null where walking only some of the bars could not be told from walking all
 * of them: a price that is not whole won, which is for the engine to refuse; days that do not ascend; or two series of which
 * a day begins at different moments.
 */
export function foreseenDays(
  series: readonly BarSeries[],
  ranges: readonly RowRange[],
  from: number,
): ForeseenDays | null {
  const years = yearsOf(series, ranges);
  if (years === null) return null;
  const calendar = { first: years.first, starts: new Float64Array(years.count * placesPerYear).fill(NaN) };
  for (let index = 0; index < series.length; index += 1) {
    const [one, range] = [series[index], ranges[index]];
    if (one === undefined || range === undefined) continue;
    if (!isPlain(one, range) || !addDays(one, range, calendar)) return null;
  }
  return listed(calendar, from);
}

/** Start of the bars of each day from the first January on; NaN where no series has one. */
interface Calendar {
  readonly first: number;
  readonly starts: Float64Array;
}

function yearsOf(
  series: readonly BarSeries[],
  ranges: readonly RowRange[],
): { readonly first: number; readonly count: number } | null {
  let [least, most] = [Infinity, -Infinity];
  for (const [index, { date }] of series.entries()) {
    const { start, end } = ranges[index] ?? { start: 0, end: 0 };
    if (start >= end) continue;
    least = Math.min(least, date[start] ?? NaN);
    most = Math.max(most, date[end - 1] ?? NaN);
  }
  const [first, last] = [Math.floor(least / 10_000), Math.floor(most / 10_000)];
  return first > 0 && last < 10_000 ? { first, count: Math.max(0, last - first + 1) } : null;
}

function placeIn(first: number, date: number): number {
  const month = Math.trunc(date / 100);
  const year = Math.trunc(month / 100);
  return (year - first) * placesPerYear + (month - year * 100 - 1) * placesPerMonth + (date - month * 100 - 1);
}

function isPlain({ open, high, low, close }: BarSeries, { start, end }: RowRange): boolean {
  return [open, high, low, close].every((column) => {
    for (let row = start; row < end; row += 1) if (!Number.isSafeInteger(column[row])) return false;
    return true;
  });
}

/** False where the days do not ascend or begin at another moment than those of a series before. */
function addDays({ date, startsAtMs }: BarSeries, { start, end }: RowRange, { first, starts }: Calendar): boolean {
  let before = -1;
  for (let row = start; row < end; row += 1) {
    const place = placeIn(first, date[row] ?? NaN);
    const [startsAt, known] = [startsAtMs[row] ?? NaN, starts[place]];
    const isNew = Number.isNaN(known ?? 0);
    if (!(place > before) || Number.isNaN(startsAt) || (!isNew && known !== startsAt)) return false;
    starts[place] = startsAt;
    before = place;
  }
  return true;
}

function listed({ first, starts }: Calendar, from: number): ForeseenDays {
  const places = new Int32Array(starts.length);
  const dates: number[] = [];
  for (let place = 0; place < starts.length; place += 1) {
    const date = dateAt(first, place);
    if (Number.isNaN(starts[place] ?? NaN) || date < from) continue;
    places[place] = dates.length;
    dates.push(date);
  }
  return {
    dates: Int32Array.from(dates),
    startsAtMs: Float64Array.from(dates, (date) => starts[placeIn(first, date)] ?? NaN),
    placeOf: (date) => places[placeIn(first, date)] ?? 0,
  };
}

function dateAt(first: number, place: number): number {
  const month = Math.trunc(place / placesPerMonth);
  const year = Math.trunc(month / 12);
  return (first + year) * 10_000 + (month - year * 12 + 1) * 100 + (place - month * placesPerMonth + 1);
}
