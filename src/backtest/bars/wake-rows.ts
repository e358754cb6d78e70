import type { RowRange } from '#domain/bar.ts';
import type { ForeseenDays } from './foreseen-days.ts';

/** Which series have something to be shown on each day: one list of pairs, day after day, each day by declared order. */
export interface WakeRows {
  /** Where each day begins in the two lists; one more than there are days. */
  readonly dayStarts: Int32Array;
  /** Places of the series. */
  readonly series: Int32Array;
  /** Their rows. */
  readonly rows: Int32Array;
}

/** @param rowsOf the rows that each series wants shown, ascending; those outside of its range are left out */
export function wakeRows(
  all: { readonly ranges: readonly RowRange[]; readonly days: ForeseenDays },
  rowsOf: readonly Int32Array[],
): WakeRows {
  const { ranges, days } = all;
  const inRange = rowsOf.map((rows, index) => between(rows, ranges[index] ?? { start: 0, end: 0 }));
  const daysOf = inRange.map((rows, index) => rows.map((row) => days.dayOf(index, row)));
  const dayStarts = startsOf(daysOf, days.dates.length);
  const count = dayStarts.at(-1) ?? 0;
  const found = { dayStarts, series: new Int32Array(count), rows: new Int32Array(count) };
  const next = dayStarts.slice();
  for (let index = 0; index < inRange.length; index += 1) {
    const rows = inRange[index] ?? nothing;
    const daysOfRows = daysOf[index] ?? nothing;
    for (let which = 0; which < rows.length; which += 1) {
      const day = daysOfRows[which] ?? 0;
      const place = next[day] ?? 0;
      found.series[place] = index;
      found.rows[place] = rows[which] ?? 0;
      next[day] = place + 1;
    }
  }
  return found;
}

const nothing = new Int32Array(0);

/** How many rows lie before each day, and after them all how many there are. */
function startsOf(daysOf: readonly Int32Array[], dayCount: number): Int32Array {
  const starts = new Int32Array(dayCount + 1);
  for (const days of daysOf) {
    for (let which = 0; which < days.length; which += 1) {
      const after = (days[which] ?? 0) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
    }
  }
  for (let day = 1; day < starts.length; day += 1) starts[day] = (starts[day] ?? 0) + (starts[day - 1] ?? 0);
  return starts;
}

function between(rows: Int32Array, { start, end }: RowRange): Int32Array {
  const first = rows.findIndex((row) => row >= start);
  const last = rows.findLastIndex((row) => row < end);
  return first < 0 ? new Int32Array(0) : rows.subarray(first, last + 1);
}
