import type { BarSeries, RowRange } from '#domain/bar.ts';
import { isWholeWon } from '#domain/whole-won.ts';

/** The days of many series in one list, and which of them the rows of each are. */
export interface ForeseenDays {
  /** yyyymmdd, ascending, each once. */
  readonly dates: Int32Array;
  /** Start of the day's bars, epoch milliseconds. */
  readonly startsAtMs: Float64Array;
  /** The place in `dates` of a row of the series at `index`. */
  dayOf(index: number, row: number): number;
}

/**
 * The days from `from` on (yyyymmdd) that `series` have within their ranges, or null where walking only some of the bars
 * could not be told from walking all of them: a price that is not whole won, which is for the engine to refuse; days that
 * do not ascend; or two series of which a day begins at different moments.
 */
export function foreseenDays(
  series: readonly BarSeries[],
  ranges: readonly RowRange[],
  from: number,
): ForeseenDays | null {
  const [first] = series;
  if (first === undefined) return null;
  const before = newest.get(first);
  if (before !== undefined && isOf(before, series, ranges, from)) return before.days;
  const days = lookedUp(series, ranges, from);
  newest.set(first, { series, ranges, from, days });
  return days;
}

/** What was asked for, and the answer. */
interface Known {
  readonly series: readonly BarSeries[];
  readonly ranges: readonly RowRange[];
  readonly from: number;
  readonly days: ForeseenDays | null;
}

/** The newest answer, by the first of its series: bars never change, and a sweep asks for the same days a thousand times. */
const newest = new WeakMap<BarSeries, Known>();

function isOf(before: Known, series: readonly BarSeries[], ranges: readonly RowRange[], from: number): boolean {
  if (before.from !== from || before.series.length !== series.length) return false;
  return series.every((one, index) => {
    const [now, then] = [ranges[index], before.ranges[index]];
    return one === before.series[index] && now?.start === then?.start && now?.end === then?.end;
  });
}

function lookedUp(series: readonly BarSeries[], ranges: readonly RowRange[], from: number): ForeseenDays | null {
  const parts = series.map((one, index) => partOf(one, ranges[index] ?? { start: 0, end: 0 }));
  const longest = parts.reduce<Part | null>((most, part) => (part.length > (most?.length ?? 0) ? part : most), null);
  const years = yearsOf(parts);
  if (longest === null || years === null) return null;
  const calendar = { first: years.first, starts: new Float64Array(years.count * placesPerYear).fill(NaN) };
  if (!addDays(longest, calendar)) return null;
  const offsets = parts.map((part) => offsetIn(longest, part));
  for (const [index, part] of parts.entries()) {
    if (!isPlain(part) || (offsets[index] === apart && !addDays(part, calendar))) return null;
  }
  return listed({ calendar, longest, parts, offsets }, from);
}

/** One series within its range. */
interface Part {
  readonly series: BarSeries;
  readonly start: number;
  readonly length: number;
}

function partOf(series: BarSeries, { start, end }: RowRange): Part {
  return { series, start, length: Math.max(0, end - start) };
}

/** Start of the bars of each day from the first January on; NaN where no series has one. */
interface Calendar {
  readonly first: number;
  readonly starts: Float64Array;
}

/** Every month as long as the longest: a date is then a place by multiplication alone. */
const placesPerMonth = 31;
const placesPerYear = 12 * placesPerMonth;

function yearsOf(parts: readonly Part[]): { readonly first: number; readonly count: number } | null {
  let [least, most] = [Infinity, -Infinity];
  for (const { series, start, length } of parts) {
    if (length === 0) continue;
    least = Math.min(least, series.date[start] ?? NaN);
    most = Math.max(most, series.date[start + length - 1] ?? NaN);
  }
  const [first, last] = [Math.floor(least / 10_000), Math.floor(most / 10_000)];
  return first > 0 && last < 10_000 ? { first, count: Math.max(0, last - first + 1) } : null;
}

function placeIn(first: number, date: number): number {
  const month = Math.trunc(date / 100);
  const year = Math.trunc(month / 100);
  return (year - first) * placesPerYear + (month - year * 100 - 1) * placesPerMonth + (date - month * 100 - 1);
}

function isPlain({ series, start, length }: Part): boolean {
  const { open, high, low, close } = series;
  return [open, high, low, close].every((column) => isWholeWon(column, start, start + length));
}

/** Of a part whose days are not a stretch of the longest one's. */
const apart = -1;

/** Nearly every share has the days of the longest series from its listing on: comparing them costs less than placing them. */
function offsetIn(longest: Part, part: Part): number {
  return offsetInList(longest, part) ?? offsetByDays(longest, part);
}

/** A store hands out views on one list of days: where both are such, their places in memory say it. Null elsewhere. */
function offsetInList(longest: Part, { series, start, length }: Part): number | null {
  const { date, startsAtMs } = series;
  const [dates, starts] = [longest.series.date, longest.series.startsAtMs];
  if (date.buffer !== dates.buffer || startsAtMs.buffer !== starts.buffer) return null;
  const places = (date.byteOffset - dates.byteOffset) / date.BYTES_PER_ELEMENT;
  if (places * starts.BYTES_PER_ELEMENT !== startsAtMs.byteOffset - starts.byteOffset) return null;
  const offset = places + start - longest.start;
  return offset >= 0 && offset + length <= longest.length ? offset : null;
}

function offsetByDays(longest: Part, { series, start, length }: Part): number {
  const { date, startsAtMs } = series;
  const [dates, starts] = [longest.series.date, longest.series.startsAtMs];
  const found = dates.indexOf(date[start] ?? NaN, longest.start);
  if (found < 0 || found + length > longest.start + longest.length) return apart;
  for (let row = 0; row < length; row += 1) {
    if (dates[found + row] !== date[start + row] || starts[found + row] !== startsAtMs[start + row]) return apart;
  }
  return found - longest.start;
}

/** False where the days do not ascend or begin at another moment than those of a series before. */
function addDays({ series, start, length }: Part, { first, starts }: Calendar): boolean {
  const { date, startsAtMs } = series;
  let before = -1;
  for (let row = start; row < start + length; row += 1) {
    const place = placeIn(first, date[row] ?? NaN);
    const startsAt = startsAtMs[row] ?? NaN;
    const known = starts[place] ?? 0;
    if (!(place > before) || Number.isNaN(startsAt) || (!Number.isNaN(known) && known !== startsAt)) return false;
    starts[place] = startsAt;
    before = place;
  }
  return true;
}

function listed(
  known: {
    readonly calendar: Calendar;
    readonly longest: Part;
    readonly parts: readonly Part[];
    readonly offsets: readonly number[];
  },
  from: number,
): ForeseenDays {
  const { first, starts } = known.calendar;
  const days = new Int32Array(starts.length);
  const dates = new Int32Array(starts.length);
  const startsAtMs = new Float64Array(starts.length);
  let count = 0;
  for (let place = 0; place < starts.length; place += 1) {
    const startsAt = starts[place] ?? NaN;
    if (Number.isNaN(startsAt)) continue;
    const date = dateAt(first, place);
    if (date < from) continue;
    days[place] = count;
    dates[count] = date;
    startsAtMs[count] = startsAt;
    count += 1;
  }
  const { series, start, length } = known.longest;
  const daysOfLongest = new Int32Array(length);
  for (let row = 0; row < length; row += 1) {
    daysOfLongest[row] = days[placeIn(first, series.date[start + row] ?? NaN)] ?? 0;
  }
  return {
    dates: dates.subarray(0, count),
    startsAtMs: startsAtMs.subarray(0, count),
    dayOf: (index, row) => {
      const [part, offset] = [known.parts[index], known.offsets[index] ?? apart];
      if (offset !== apart) return daysOfLongest[offset + row - (part?.start ?? 0)] ?? 0;
      return days[placeIn(first, part?.series.date[row] ?? NaN)] ?? 0;
    },
  };
}

function dateAt(first: number, place: number): number {
  const month = Math.trunc(place / placesPerMonth);
  const year = Math.trunc(month / 12);
  return (first + year) * 10_000 + (month - year * 12 + 1) * 100 + (place - month * placesPerMonth + 1);
}
