import { csvProblem } from './csv-problem.ts';
import type { CsvRecord } from './csv-records.ts';

export type CsvColumn = 'date' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'code' | 'name' | 'interval' | 'time';

/** Where each column stands, from 0; null when the file does not have it. */
export type CsvColumns = Readonly<Record<CsvColumn, number | null>>;

export interface CsvHead {
  readonly columns: CsvColumns;
  /** The head's own words, for messages; our words when the file has no head. */
  readonly labels: readonly string[];
  /** Records before the first row of numbers: 1, or 0 without a head. */
  readonly headRecords: 0 | 1;
}

/** Names in use, compared without case, spaces and brackets; where a file has several, the first of this list counts. */
const names: Readonly<Record<CsvColumn, readonly string[]>> = {
  date: ['date', '일자', '날짜', '기준일', '거래일', '영업일자', 'day', 'tradingday', 'datetime', 'timestamp', 'time'],
  open: ['open', '시가', 'openprice', 'o'],
  high: ['high', '고가', 'highprice', 'h'],
  low: ['low', '저가', 'lowprice', 'l'],
  close: ['close', '종가', '현재가', 'closeprice', 'price', 'last', 'c'],
  volume: ['volume', '거래량', '체결량', 'vol', 'v'],
  code: ['code', '종목코드', '단축코드', '티커', 'ticker', 'symbol'],
  name: ['name', '종목명', '한글종목명', '종목'],
  interval: ['interval', '주기', '봉'],
  /** Of minute bars, where the day stands in a column of its own. */
  time: ['time', '시간', '시각', '체결시간'],
};

const required = ['date', 'open', 'high', 'low', 'close', 'volume'] as const;
const withoutHead: CsvColumns = {
  date: 0,
  open: 1,
  high: 2,
  low: 3,
  close: 4,
  volume: 5,
  code: null,
  name: null,
  interval: null,
  time: null,
};

/**
 * Finds the columns by their names. A file whose first cell is already a day has no head and is read as date, open,
 * high, low, close, volume.
 *
 * @throws {FixConfiguration} `data.csv-columns` when a column is missing, naming it and what may stand there
 */
export function findColumns(first: CsvRecord, file: string): CsvHead {
  if (/^\d{4}/.test(first.cells[0] ?? '')) return { columns: withoutHead, labels: [...required], headRecords: 0 };
  const labels = first.cells.map(plainName);
  const place = (column: CsvColumn): number | null => {
    const name = names[column].find((one) => labels.includes(one));
    return name === undefined ? null : labels.indexOf(name);
  };
  const columns: CsvColumns = {
    date: place('date'),
    open: place('open'),
    high: place('high'),
    low: place('low'),
    close: place('close'),
    volume: place('volume'),
    code: place('code'),
    name: place('name'),
    interval: place('interval'),
    time: place('time'),
  };
  const missing = required.filter((column) => columns[column] === null);
  if (missing.length > 0) throw missingColumns(file, first, missing);
  return { columns, labels: first.cells, headRecords: 1 };
}

function plainName(label: string): string {
  return label.toLowerCase().replaceAll(/\(.*?\)|[\s_'"]/g, '');
}

function missingColumns(file: string, first: CsvRecord, missing: readonly (keyof typeof names)[]): Error {
  const wanted = missing.map((column) => `"${names[column].slice(0, 2).join('" or "')}"`).join(', ');
  return csvProblem(
    'data.csv-columns',
    { file, line: first.line },
    `found the columns ${first.cells.slice(0, 12).join(', ').slice(0, 200)}, wanted also ${wanted}`,
    'Name the columns in the first line, in Korean or in English.',
  );
}
