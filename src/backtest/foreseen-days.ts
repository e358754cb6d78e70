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

/** Between two first days of January, as yyyymmdd. */
const datesPerYear = 10_000;

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
  const bounds = boundsOf(series, ranges);
  if (bounds === null) return null;
  const { first, length } = bounds;
  const starts = new Float64Array(length).fill(NaN);
  for (let index = 0; index < series.length; index += 1) {
    const [one, range] = [series[index], ranges[index]];
    if (one === undefined || range === undefined) continue;
    if (!isPlain(one, range) || !addDays(one, range, first, starts)) return null;
  }
  return listed(first, starts, from);
}

function boundsOf(
  series: readonly BarSeries[],
  ranges: readonly RowRange[],
): { readonly first: number; readonly length: number } | null {
  let [least, most] = [Infinity, -Infinity];
  for (const [index, { date }] of series.entries()) {
    const { start, end } = ranges[index] ?? { start: 0, end: 0 };
    if (start >= end) continue;
    least = Math.min(least, date[start] ?? NaN);
    most = Math.max(most, date[end - 1] ?? NaN);
  }
  if (!(least > 0 && most < 100 * 100 * datesPerYear)) return null;
  const first = Math.floor(least / datesPerYear) * datesPerYear;
  return { first, length: Math.ceil((most + 1 - first) / datesPerYear) * datesPerYear };
}

function isPlain({ open, high, low, close }: BarSeries, { start, end }: RowRange): boolean {
  return [open, high, low, close].every((column) => {
    for (let row = start; row < end; row += 1) if (!Number.isSafeInteger(column[row])) return false;
    return true;
  });
}

/** False where the days do not ascend or begin at another moment than those of a series before. */
function addDays(
  { date, startsAtMs }: BarSeries,
  { start, end }: RowRange,
  first: number,
  starts: Float64Array,
): boolean {
  let before = -1;
  for (let row = start; row < end; row += 1) {
    const place = (date[row] ?? NaN) - first;
    const [startsAt, known] = [startsAtMs[row] ?? NaN, starts[place]];
    const isNew = Number.isNaN(known ?? 0);
    if (!(place > before) || Number.isNaN(startsAt) || (!isNew && known !== startsAt)) return false;
    starts[place] = startsAt;
    before = place;
  }
  return true;
}

function listed(first: number, starts: Float64Array, from: number): ForeseenDays {
  const places = new Int32Array(starts.length);
  const dates: number[] = [];
  for (let place = Math.max(0, from - first); place < starts.length; place += 1) {
    if (Number.isNaN(starts[place] ?? NaN)) continue;
    places[place] = dates.length;
    dates.push(first + place);
  }
  return {
    dates: Int32Array.from(dates),
    startsAtMs: Float64Array.from(dates, (date) => starts[date - first] ?? NaN),
    placeOf: (date) => places[date - first] ?? 0,
  };
}
