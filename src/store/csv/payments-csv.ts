import { readDay, readWhole } from './csv-cells.ts';
import { csvProblem, shownCell, type CsvPlace } from './csv-problem.ts';
import { readCsvTable } from './csv-table.ts';

/** A dividend in cash with the day on which it is paid. Days are yyyymmdd. */
export interface DividendRow {
  readonly symbol: string;
  readonly exDate: number;
  readonly payDate: number;
  /** Won a share, above 0. */
  readonly perShare: number;
}

/** `from` shares became `to` on `date`, yyyymmdd; both 1 to 1,000,000. */
export interface SplitRow {
  readonly symbol: string;
  readonly date: number;
  readonly from: number;
  readonly to: number;
}

const code = ['code', '종목코드', '단축코드', 'symbol', 'ticker'] as const;
/** Columns of the file of corporate actions, whose rows may be withdrawn: that file is for `snowball data adjust import`. */
const ofActions = ['kind', '구분', 'withdrawn', '철회'];
const sharesMax = 1_000_000;

/**
 * Dividends of a CSV file `code,ex_date,pay_date,dividend` (종목코드,배당락일,지급일,배당금).
 *
 * @throws {FixConfiguration} with file, line and column: the codes of `readCsvTable`, `data.csv-symbol`, `data.csv-cell`,
 *   `data.csv-row`, `data.csv-duplicate`
 */
export function readDividendsCsv(path: string): readonly DividendRow[] {
  const names = {
    code,
    ex_date: ['exdate', '배당락일', '권리락일'],
    pay_date: ['paydate', '지급일'],
    dividend: ['dividend', '배당금', '주당배당금'],
  } as const;
  const seen = new Set<string>();
  return readCsvTable(path, names, ofActions).map(({ cell, place }) => {
    const symbol = symbolOf(cell('code'), place('code'));
    const exDate = readDay(cell('ex_date'), place('ex_date'));
    const payDate = readDay(cell('pay_date'), place('pay_date'));
    if (payDate < exDate) throw wrong(place('pay_date'), cell('pay_date'), 'a day on or after the ex-date');
    refuseSecond(seen, `${symbol} ${exDate}`, place('ex_date'));
    return { symbol, exDate, payDate, perShare: countOf(cell('dividend'), place('dividend'), Number.MAX_SAFE_INTEGER) };
  });
}

/** Splits of a CSV file `code,date,before,after` (종목코드,적용일,전,후). @throws {FixConfiguration} as `readDividendsCsv` */
export function readSplitsCsv(path: string): readonly SplitRow[] {
  const names = {
    code,
    date: ['date', '적용일', 'from', '권리락일', '일자'],
    before: ['before', '전', '이전주식'],
    after: ['after', '후', '이후주식'],
  } as const;
  const seen = new Set<string>();
  return readCsvTable(path, names, ofActions).map(({ cell, place }) => {
    const symbol = symbolOf(cell('code'), place('code'));
    const date = readDay(cell('date'), place('date'));
    refuseSecond(seen, `${symbol} ${date}`, place('date'));
    const from = countOf(cell('before'), place('before'), sharesMax);
    return { symbol, date, from, to: countOf(cell('after'), place('after'), sharesMax) };
  });
}

function symbolOf(cell: string, place: CsvPlace): string {
  const symbol = cell.toUpperCase();
  if (/^[0-9][0-9A-Z]{5}$/.test(symbol)) return symbol;
  const text = `found ${shownCell(cell)}, wanted six characters such as "005930"`;
  throw csvProblem('data.csv-symbol', place, text, 'Correct the cell.');
}

function countOf(cell: string, place: CsvPlace, most: number): number {
  const wanted = most === sharesMax ? `a whole number from 1 to ${sharesMax}` : 'a whole number above 0';
  const count = readWhole(cell, place, wanted);
  if (count > 0 && count <= most) return count;
  throw wrong(place, cell, wanted);
}

function refuseSecond(seen: Set<string>, key: string, place: CsvPlace): void {
  if (seen.has(key)) {
    throw csvProblem(
      'data.csv-duplicate',
      place,
      `found ${key} twice, wanted each once`,
      'Add both up, or delete a row.',
    );
  }
  seen.add(key);
}

function wrong(place: CsvPlace, cell: string, wanted: string): Error {
  return csvProblem('data.csv-cell', place, `found ${shownCell(cell)}, wanted ${wanted}`, 'Correct the cell.');
}
