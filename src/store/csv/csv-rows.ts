import type { BarInterval } from '#domain/bar.ts';
import { readDay, readFraction, readMinute, readWhole } from './csv-cells.ts';
import type { CsvColumn, CsvHead } from './csv-columns.ts';
import { csvProblem, CsvProblem, shownCell, withMore, type CsvPlace } from './csv-problem.ts';
import type { CsvRecord } from './csv-records.ts';
import { intervalWords } from '../minutes/detect-interval.ts';
import { readStamp } from '../minutes/minute-stamp.ts';

/** One row that has been checked on its own. */
export interface CsvRow {
  readonly line: number;
  readonly symbol: string;
  readonly name: string;
  readonly date: number;
  /** Minutes since midnight in Seoul that the file names: where the bar begins, or ends; 0 for a day bar. */
  readonly minute: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** The file left open, high and low at 0 for a day without trading; they were set to the close. */
  readonly isHaltFilled: boolean;
  /** The code had lost its leading zeros, as spreadsheets do. */
  readonly isCodePadded: boolean;
}

const barWords: Readonly<Record<BarInterval, string>> = { '1d': 'daily bars', '1m': 'minute bars' };
/** Rows with a problem after which a file is not read on. */
const problemsMax = 1_000;

/** What the rows of a file are read with. */
export interface RowReader {
  readonly head: CsvHead;
  readonly file: string;
  readonly interval: BarInterval;
  /** The listing code in the file's name; null when there is none. */
  readonly symbolOfFile: string | null;
  /** Prices may have fractions, and volumes may be missing: see `LookingOnly`. */
  readonly isLooking?: boolean;
  /** Cells of the first line, and so of each. */
  readonly width: number;
}

/**
 * Reads the rows of one file. Every cell that we use is checked; columns that we do not know are left alone.
 *
 * @param records without the head
 * @throws {FixConfiguration} the first problem found, with its line and column, and how many rows more have one
 */
export function readRows(records: Iterable<CsvRecord>, reader: RowReader): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  const problems: { readonly line: number; readonly problem: CsvProblem }[] = [];
  for (const record of records) {
    if (problems.length === problemsMax) break;
    try {
      rows.push(readRow(reader, record));
    } catch (problem) {
      if (!(problem instanceof CsvProblem)) throw problem;
      problems.push({ line: record.line, problem });
    }
  }
  refuseProblems(problems);
  if (rows.length > 0) return rows;
  throw csvProblem(
    'data.csv-empty',
    { file: reader.file },
    `found a head without rows, wanted ${barWords[reader.interval]}`,
    'Export the file again.',
  );
}

function refuseProblems(problems: readonly { readonly line: number; readonly problem: CsvProblem }[]): void {
  const [first, ...others] = problems;
  if (first === undefined) return;
  if (others.length === 0) throw first.problem;
  const lines = others.slice(0, 5).map(({ line }) => line);
  const count = problems.length === problemsMax ? `At least ${others.length}` : `${others.length}`;
  const rest = `${count} more ${others.length === 1 ? 'row has a problem' : 'rows have problems'}: line ${lines.join(', ')}${others.length > lines.length ? ', …' : ''}.`;
  throw withMore(first.problem, rest, others.length);
}

function readRow(reader: RowReader, record: CsvRecord): CsvRow {
  checkWidth(reader, record);
  const { date, minute } = readStart(reader, record);
  const read = reader.isLooking === true ? readFraction : readWhole;
  const price = (column: CsvColumn) =>
    read(cellOf(reader, record, column), placeOf(reader, record, column), 'a price in whole won');
  const prices = { open: price('open'), high: price('high'), low: price('low'), close: price('close') };
  const volume = readVolume(reader, record);
  const isHaltFilled = volume === 0 && prices.close > 0 && prices.open + prices.high + prices.low === 0;
  if (!isHaltFilled) checkPrices(reader, record, prices);
  checkInterval(reader, record);
  const { symbol, isCodePadded } = readSymbol(reader, record);
  const filled = isHaltFilled ? { open: prices.close, high: prices.close, low: prices.close } : {};
  const name = cellOf(reader, record, 'name');
  return { line: record.line, symbol, name, date, minute, ...prices, ...filled, volume, isHaltFilled, isCodePadded };
}

/** 0 where the file has no such column and need not have one. */
function readVolume(reader: RowReader, record: CsvRecord): number {
  if (reader.isLooking === true && reader.head.columns.volume === null) return 0;
  return readWhole(cellOf(reader, record, 'volume'), placeOf(reader, record, 'volume'), 'a number of shares');
}

/** The day, and of a minute bar its time, from behind the day or from a column of its own. */
function readStart(reader: RowReader, record: CsvRecord): { readonly date: number; readonly minute: number } {
  const cell = cellOf(reader, record, 'date');
  const place = placeOf(reader, record, 'date');
  if (reader.interval === '1d') return { date: readDay(cell, place), minute: 0 };
  const { time, date } = reader.head.columns;
  if (time !== null && time !== date) {
    const clock = cellOf(reader, record, 'time');
    return { date: readDay(cell, place), minute: readMinute(clock, placeOf(reader, record, 'time')) };
  }
  return readStamp(cell, place);
}

function checkWidth(reader: RowReader, record: CsvRecord): void {
  if (record.cells.length === reader.width) return;
  const hasMore = record.cells.length > reader.width;
  throw csvProblem(
    'data.csv-row',
    { file: reader.file, line: record.line },
    `found ${record.cells.length} cells, wanted ${reader.width} as in the first line`,
    hasMore
      ? 'Thousands separators such as 53,000 make extra cells: format the columns without them and export again.'
      : 'The row is cut short: export the file again.',
  );
}

function checkPrices(
  reader: RowReader,
  record: CsvRecord,
  prices: Readonly<Record<'open' | 'high' | 'low' | 'close', number>>,
): void {
  for (const column of ['open', 'high', 'low', 'close'] as const) {
    if (prices[column] > 0) continue;
    throw csvProblem(
      'data.csv-cell',
      placeOf(reader, record, column),
      'found a price of 0, wanted a price above 0',
      'Delete the row if there was no trading, or set volume, open, high and low to 0 and keep the close.',
    );
  }
  const { open, high, low, close } = prices;
  const isOrdered = low <= Math.min(open, close) && high >= Math.max(open, close);
  if (isOrdered) return;
  throw csvProblem(
    'data.csv-row',
    { file: reader.file, line: record.line },
    `found open ${open}, high ${high}, low ${low}, close ${close}, wanted low ≤ open and close ≤ high`,
    'Correct the row, or check that the columns are named as they are filled.',
  );
}

function checkInterval(reader: RowReader, record: CsvRecord): void {
  const cell = cellOf(reader, record, 'interval');
  if (cell === '' || intervalWords[reader.interval].has(cell.toLowerCase())) return;
  throw csvProblem(
    'data.csv-cell',
    placeOf(reader, record, 'interval'),
    `found bars of interval ${shownCell(cell)}, wanted ${barWords[reader.interval]} (${reader.interval === '1d' ? '"D"' : '"1m"'})`,
    `Export ${barWords[reader.interval]}.`,
  );
}

function readSymbol(reader: RowReader, record: CsvRecord): { readonly symbol: string; readonly isCodePadded: boolean } {
  const cell = cellOf(reader, record, 'code');
  if (cell === '' && reader.symbolOfFile !== null) return { symbol: reader.symbolOfFile, isCodePadded: false };
  // Korean home trading systems put an A before the code, spreadsheets an apostrophe.
  const bare = cell
    .toUpperCase()
    .replace(/^'/, '')
    .replace(/^A(?=\d[0-9A-Z]{5}$)/, '');
  const isCodePadded = /^\d{1,5}$/.test(bare);
  const symbol = isCodePadded ? bare.padStart(6, '0') : bare;
  if (/^[0-9][0-9A-Z]{5}$/.test(symbol)) return { symbol, isCodePadded };
  throw csvProblem(
    'data.csv-symbol',
    placeOf(reader, record, 'code'),
    `found ${cell === '' ? 'no listing code' : shownCell(cell)}, wanted six characters such as "005930"`,
    'Name the file after the code, such as 005930.csv, or add a column "code" (종목코드).',
  );
}

function cellOf(reader: RowReader, record: CsvRecord, column: CsvColumn): string {
  const index = reader.head.columns[column];
  return index === null ? '' : (record.cells[index] ?? '');
}

function placeOf(reader: RowReader, record: CsvRecord, column: CsvColumn): CsvPlace {
  const index = reader.head.columns[column];
  const label = index === null ? undefined : reader.head.labels[index];
  return { file: reader.file, line: record.line, column: label ?? column };
}
