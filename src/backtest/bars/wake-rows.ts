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
  const inRange = rowsOf.map((rows, index) => between(rows, all.ranges[index] ?? { start: 0, end: 0 }));
  const dayStarts = new Int32Array(all.days.dates.length + 1);
  for (const [index, rows] of inRange.entries()) {
    for (const row of rows) {
      const after = all.days.dayOf(index, row) + 1;
      dayStarts[after] = (dayStarts[after] ?? 0) + 1;
    }
  }
  for (let day = 1; day < dayStarts.length; day += 1)
    dayStarts[day] = (dayStarts[day] ?? 0) + (dayStarts[day - 1] ?? 0);
  const count = dayStarts.at(-1) ?? 0;
  const found = { dayStarts, series: new Int32Array(count), rows: new Int32Array(count) };
  const next = dayStarts.slice();
  for (const [index, rows] of inRange.entries()) {
    for (const row of rows) {
      const day = all.days.dayOf(index, row);
      const place = next[day] ?? 0;
      found.series[place] = index;
      found.rows[place] = row;
      next[day] = place + 1;
    }
  }
  return found;
}

function between(rows: Int32Array, { start, end }: RowRange): Int32Array {
  const first = rows.findIndex((row) => row >= start);
  const last = rows.findLastIndex((row) => row < end);
  return first < 0 ? new Int32Array(0) : rows.subarray(first, last + 1);
}
