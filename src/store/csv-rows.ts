import type { BarInterval } from '#domain/bar.ts';
import { readDay, readMinute, readWhole } from './csv-cells.ts';
import { findColumns, type CsvColumn, type CsvHead } from './csv-columns.ts';
import { csvProblem, shownCell, type CsvPlace } from './csv-problem.ts';
import type { CsvRecord } from './csv-records.ts';

/** One row that has been checked on its own. */
export interface CsvRow {
  readonly line: number;
  readonly symbol: string;
  readonly name: string;
  readonly date: number;
  /** Minutes since midnight in Seoul at which the bar begins; 0 for a day bar. */
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

const intervalWords: Readonly<Record<BarInterval, ReadonlySet<string>>> = {
  '1d': new Set(['', 'd', '1d', 'day', 'daily', '일', '일봉']),
  '1m': new Set(['', 'm', '1m', '1', 'minute', '분', '1분', '분봉', '1분봉']),
};
const barWords: Readonly<Record<BarInterval, string>> = { '1d': 'daily bars', '1m': 'minute bars' };

/**
 * Reads the rows of one file. Every cell that we use is checked; columns that we do not know are left alone.
 *
 * @param symbolOfFile the listing code in the file's name; null when there is none
 * @throws {FixConfiguration} the first problem found, with its line and column
 */
export function readRows(
  records: readonly CsvRecord[],
  { file, symbolOfFile, interval }: Pick<RowReader, 'file' | 'symbolOfFile' | 'interval'>,
): readonly CsvRow[] {
  const first = records[0];
  if (first === undefined) {
    throw csvProblem(
      'data.csv-empty',
      { file },
      `found an empty file, wanted ${barWords[interval]}`,
      'Export the file again.',
    );
  }
  const head = findColumns(first, file);
  const reader: RowReader = { head, file, symbolOfFile, interval, width: first.cells.length };
  const rows = records.slice(head.headRecords).map((record) => readRow(reader, record));
  if (rows.length > 0) return rows;
  throw csvProblem(
    'data.csv-empty',
    { file },
    `found a head without rows, wanted ${barWords[interval]}`,
    'Export the file again.',
  );
}

interface RowReader {
  readonly head: CsvHead;
  readonly file: string;
  readonly interval: BarInterval;
  readonly symbolOfFile: string | null;
  readonly width: number;
}

function readRow(reader: RowReader, record: CsvRecord): CsvRow {
  checkWidth(reader, record);
  const { date, minute } = readStart(reader, record);
  const price = (column: CsvColumn) =>
    readWhole(cellOf(reader, record, column), placeOf(reader, record, column), 'a price in whole won');
  const prices = { open: price('open'), high: price('high'), low: price('low'), close: price('close') };
  const volume = readWhole(cellOf(reader, record, 'volume'), placeOf(reader, record, 'volume'), 'a number of shares');
  const isHaltFilled = volume === 0 && prices.close > 0 && prices.open + prices.high + prices.low === 0;
  if (!isHaltFilled) checkPrices(reader, record, prices);
  checkInterval(reader, record);
  const { symbol, isCodePadded } = readSymbol(reader, record);
  const filled = isHaltFilled ? { open: prices.close, high: prices.close, low: prices.close } : {};
  const name = cellOf(reader, record, 'name');
  return { line: record.line, symbol, name, date, minute, ...prices, ...filled, volume, isHaltFilled, isCodePadded };
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
  const [, day = cell, clock = ''] = /^(.*?\d)[ T](.*)$/.exec(cell) ?? /^(\d{8})(\d{4}|\d{6})$/.exec(cell) ?? [];
  return { date: readDay(day, place), minute: readMinute(clock, place) };
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
  if (intervalWords[reader.interval].has(cell.toLowerCase())) return;
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
