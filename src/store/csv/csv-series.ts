import type { BarInterval, BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { csvProblem } from './csv-problem.ts';
import type { CsvRow } from './csv-rows.ts';

/** Rows of one instrument in order, each bar once. */
export interface CsvSeries {
  readonly series: BarSeries;
  readonly name: string;
  /** Rows that repeated a bar with the same numbers, left out. */
  readonly duplicates: number;
  /** The file was not in order of days and has been sorted. */
  readonly wasUnsorted: boolean;
  /** Bars with volume 0. */
  readonly haltedDays: number;
  /** Of those, days whose open, high and low were 0 and were set to the close. */
  readonly haltFilled: number;
  readonly codesPadded: number;
}

const prices = ['open', 'high', 'low', 'close', 'volume'] as const;
/** KRX days begin at 00:00 in Seoul, UTC+9 without daylight saving since 1988. */
const seoulOffsetMs = 9 * 3_600_000;

/**
 * Rows of one instrument as a series.
 *
 * @param rows at least one, all of the same symbol, in the order of the file
 * @throws {FixConfiguration} `data.csv-duplicate` when a day stands there twice with different numbers
 */
export function seriesOfRows(rows: readonly CsvRow[], file: string, interval: BarInterval = '1d'): CsvSeries {
  const wasUnsorted = rows.some((row, index) => startOf(row) < (index === 0 ? 0 : startOf(rows[index - 1] ?? row)));
  const sorted = wasUnsorted
    ? rows.toSorted((left, right) => startOf(left) - startOf(right) || left.line - right.line)
    : rows;
  const kept: CsvRow[] = [];
  for (const row of sorted) {
    const before = kept.at(-1);
    if (before === undefined || startOf(before) !== startOf(row)) kept.push(row);
    else refuseConflict(before, row, file);
  }
  return {
    series: columnsOf(kept, interval),
    name: kept.at(-1)?.name ?? '',
    duplicates: rows.length - kept.length,
    wasUnsorted,
    haltedDays: kept.filter((row) => row.volume === 0).length,
    haltFilled: kept.filter((row) => row.isHaltFilled).length,
    codesPadded: kept.filter((row) => row.isCodePadded).length,
  };
}

/** Orders rows; a day has fewer than ten thousand minutes. */
function startOf({ date, minute }: CsvRow): number {
  return date * 10_000 + minute;
}

/** The epoch milliseconds of 00:00 in Seoul on `date`, yyyymmdd. */
export function dayStartsAtMs(date: number): number {
  return Date.UTC(Math.trunc(date / 10_000), (Math.trunc(date / 100) % 100) - 1, date % 100) - seoulOffsetMs;
}

function refuseConflict(before: CsvRow, row: CsvRow, file: string): void {
  const different = prices.find((column) => before[column] !== row[column]);
  if (different === undefined) return;
  const what = row.minute === 0 ? 'day' : 'minute';
  throw csvProblem(
    'data.csv-duplicate',
    { file, line: row.line, column: different },
    `found ${row.date} with ${row[different]}, but line ${before.line} has the same ${what} with ${before[different]}, wanted each ${what} once`,
    'Delete the wrong row.',
  );
}

function columnsOf(rows: readonly CsvRow[], interval: BarInterval): BarSeries {
  const column = (name: (typeof prices)[number]) => Float64Array.from(rows, (row) => row[name]);
  return {
    instrument: instrumentId(rows[0]?.symbol ?? ''),
    interval,
    date: Int32Array.from(rows, (row) => row.date),
    startsAtMs: Float64Array.from(rows, (row) => dayStartsAtMs(row.date) + row.minute * 60_000),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}
