import type { BarInterval } from '#domain/bar.ts';
import type { CsvHead } from '../csv/csv-columns.ts';
import type { CsvRecord } from '../csv/csv-records.ts';
import { minuteIn, stampIn } from './minute-stamp.ts';

/** Rows from the beginning of a file that are looked at. */
export const rowsLookedAt = 1_000;

/** How a column of intervals calls ours, in lower case. */
export const intervalWords: Readonly<Record<BarInterval, ReadonlySet<string>>> = {
  '1d': new Set(['d', '1d', 'day', 'daily', '일', '일봉']),
  '1m': new Set(['m', '1m', '1', 'minute', '분', '1분', '분봉', '1분봉']),
};

/** So many different days at one and the same time are days that were stamped with it. */
const daysAtOneTime = 5;

/**
 * Whether the rows of a file are days or minutes: by its own word where it has a column for that; days where no row has a
 * time but midnight; minutes where rows have a time and a day stands there twice. Where each day stands once: days when they
 * are five or more and all at one time, `unclear` otherwise.
 *
 * @param records the first rows without the head, `rowsLookedAt` at the most
 */
export function intervalOfRows(head: CsvHead, records: readonly CsvRecord[]): BarInterval | 'unclear' {
  const { interval, date, time } = head.columns;
  const word = interval === null ? '' : (records[0]?.cells[interval] ?? '').toLowerCase();
  if (intervalWords['1d'].has(word)) return '1d';
  if (intervalWords['1m'].has(word)) return '1m';
  const cell = (record: CsvRecord, place: number | null): string => (place === null ? '' : (record.cells[place] ?? ''));
  const hasOwnTime = time !== null && time !== date;
  const minutes = records.map((record) =>
    hasOwnTime ? minuteOf(cell(record, time), minuteIn) : minuteOf(cell(record, date), minuteInMoment),
  );
  if (minutes.every((minute) => minute === null || minute === 0)) return '1d';
  const days = records.map((record) =>
    hasOwnTime ? cell(record, date) : String(stampIn(cell(record, date))?.date ?? ''),
  );
  const seen = new Set(records.map((record, row) => `${days[row]} ${cell(record, head.columns.code)}`));
  if (seen.size < records.length) return '1m';
  return records.length >= daysAtOneTime && new Set(minutes).size === 1 ? '1d' : 'unclear';
}

/** Null where there is no time; NaN where there is one that is no minute, which reading the row will say. */
function minuteOf(cell: string, read: (cell: string) => number | null): number | null {
  const minute = read(cell);
  return minute === null && /\d:\d|^\d{5,6}$/.test(cell) ? NaN : minute;
}

function minuteInMoment(cell: string): number | null {
  return stampIn(cell)?.minute ?? null;
}
