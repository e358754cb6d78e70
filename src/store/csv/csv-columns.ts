import type { LookingOnly } from '../looking-only.ts';
import { csvProblem } from './csv-problem.ts';
import type { CsvRecord } from './csv-records.ts';
import { minuteIn } from '../minutes/minute-stamp.ts';

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
  // prettier-ignore
  date: [
    'date', '일자', '날짜', '기준일', '거래일', '영업일자', '일시', 'day', 'tradingday', 'datetime', 'timestamp',
    'stckbsopdate', 'time', '체결일시', '체결시간',
  ],
  // The last of each are the names that KIS's own answers have.
  open: ['open', '시가', 'openprice', 'o', 'stckoprc'],
  high: ['high', '고가', 'highprice', 'h', 'stckhgpr'],
  low: ['low', '저가', 'lowprice', 'l', 'stcklwpr'],
  close: ['close', '종가', '현재가', 'closeprice', 'price', 'last', 'c', 'stckprpr', 'stckclpr'],
  volume: ['volume', '거래량', '체결량', 'vol', 'v', 'cntgvol', 'acmlvol'],
  code: ['code', '종목코드', '단축코드', '티커', 'ticker', 'symbol'],
  name: ['name', '종목명', '한글종목명', '종목'],
  interval: ['interval', '주기', '봉'],
  /** Of minute bars, where the day stands in a column of its own. */
  time: ['time', '시간', '시각', '체결시간', '체결시각', 'stckcntghour'],
};

const neededToLook = ['date', 'open', 'high', 'low', 'close'] as const;
const required = [...neededToLook, 'volume'] as const;
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
 * Finds the columns by their names. A file whose first cell is already a day or a moment has no head and is read as date,
 * open, high, low, close, volume; with a time behind the date where every row looked at has one there.
 *
 * @param rows the first of the file, the head included
 * @param looking given where a file may lack volumes
 * @throws {FixConfiguration} `data.csv-columns` when a column is missing, naming it and what may stand there
 */
export function findColumns(rows: readonly [CsvRecord, ...CsvRecord[]], file: string, looking?: LookingOnly): CsvHead {
  const [first] = rows;
  if (/^\d{4}/.test(first.cells[0] ?? '')) return headless(rows);
  const labels = first.cells.map(plainName);
  const place = (column: CsvColumn): number | null => {
    const name = names[column].find((one) => labels.includes(one));
    return name === undefined ? null : labels.indexOf(name);
  };
  const columns: CsvColumns = {
    // pandas writes its index, the days, without a name.
    date: place('date') ?? (labels[0] === '' ? 0 : null),
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
  const missing = (looking === undefined ? required : neededToLook).filter((column) => columns[column] === null);
  if (missing.length > 0) throw missingColumns(file, first, missing);
  return { columns, labels: first.cells, headRecords: 1 };
}

function headless(rows: readonly CsvRecord[]): CsvHead {
  // Six digits may be a price of another column: only with a zero before them, or where days repeat, are they a time.
  const times = rows.map(({ cells }) => (cells.length >= 7 && /^\d{6}$|:/.test(cells[1] ?? '') ? cells[1] : undefined));
  const isTime = times.every((time) => time !== undefined && minuteIn(time) !== null);
  const isSure =
    times.some((time) => /^0|:/.test(time ?? '')) || new Set(rows.map(({ cells }) => cells[0])).size < rows.length;
  if (!isTime || !isSure) return { columns: withoutHead, labels: [...required], headRecords: 0 };
  const columns = { ...withoutHead, time: 1, open: 2, high: 3, low: 4, close: 5, volume: 6 };
  return { columns, labels: ['date', 'time', ...required.slice(1)], headRecords: 0 };
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
