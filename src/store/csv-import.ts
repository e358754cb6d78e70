import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { basename, join } from 'node:path';
import type { BarInterval } from '#domain/bar.ts';
import type { NamedSeries } from './bar-store.ts';
import { compareWithCalendar, type CalendarFindings, type CalendarOf } from './calendar-findings.ts';
import { csvProblem } from './csv-problem.ts';
import { splitRecords, textLengthMax, type CsvRecord } from './csv-records.ts';
import { readRows, type CsvRow } from './csv-rows.ts';
import { seriesOfRows, type CsvSeries } from './csv-series.ts';
import { decodeText, type TextEncoding } from './decode-text.ts';

/** How a file was written. */
export type FileForm = TextEncoding | 'Parquet';

/** What an import found out about one instrument of one file. Days are yyyymmdd. */
export interface ImportedFile extends CalendarFindings, Omit<CsvSeries, 'series'> {
  readonly file: string;
  readonly encoding: FileForm;
  readonly symbol: string;
  readonly from: number;
  readonly to: number;
  readonly bars: number;
}

export interface CsvImport {
  readonly series: readonly NamedSeries[];
  /** One for each instrument, in the order of `series`. */
  readonly files: readonly ImportedFile[];
}

/**
 * Reads daily bars, or those of minutes, from a CSV file, or from every `.csv` and `.txt` file of a folder (not of the folders in it), by name.
 * Columns may be Korean or English, see csv-columns.ts; encodings UTF-8 and CP949. Nothing is guessed about a number: a
 * cell that is not exactly one ends the import, and nothing of any file is returned.
 *
 * @throws {FixConfiguration} the first problem, with file, line, column and the fix: `data.csv-missing`,
 *   `data.csv-encoding`, `data.csv-columns`, `data.csv-symbol`, `data.csv-row`, `data.csv-cell`, `data.csv-duplicate`,
 *   `data.csv-empty`
 */
export function readCsvBars(path: string, calendar: CalendarOf, interval: BarInterval = '1d'): CsvImport {
  return joinImport(
    filesAt(path).flatMap((file) => readFile(file, interval)),
    calendar,
  );
}

/**
 * What was found in files, as one import.
 *
 * @throws {FixConfiguration} `data.csv-duplicate` when two files hold one instrument
 */
export function joinImport(found: readonly FoundSeries[], calendar: CalendarOf): CsvImport {
  const origin = new Map<string, string>();
  for (const one of found) refuseSecond(origin, one);
  return {
    series: found.map((one) => ({ series: one.found.series, name: one.found.name })),
    files: found.map((one) => reportOf(one, calendar)),
  };
}

/** One instrument of one file. */
export interface FoundSeries {
  readonly file: string;
  readonly encoding: FileForm;
  readonly symbol: string;
  readonly found: CsvSeries;
}

export interface FileRecords {
  /** Its name without the folder. */
  readonly file: string;
  readonly encoding: FileForm;
  /** A head and rows, all cells as text. */
  readonly records: readonly CsvRecord[];
  /** Days when left out. */
  readonly interval?: BarInterval;
}

/** The instruments of one file, every cell checked. @throws {FixConfiguration} the codes of `readCsvBars` */
export function seriesInRecords({ file, encoding, records, interval = '1d' }: FileRecords): readonly FoundSeries[] {
  const rows = readRows(records, { file, symbolOfFile: symbolInName(file), interval });
  const bySymbol: ReadonlyMap<string, readonly CsvRow[]> = Map.groupBy(rows, (row) => row.symbol);
  return [...bySymbol].map(([symbol, own]) => ({ file, encoding, symbol, found: seriesOfRows(own, file, interval) }));
}

function filesAt(path: string): readonly string[] {
  if (!statOf(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => /\.(csv|txt)$/i.test(name) && !name.startsWith('.'));
  if (names.length > 0) return names.toSorted().map((name) => join(path, name));
  throw csvProblem(
    'data.csv-missing',
    { file: path },
    'found a folder without .csv files, wanted at least one',
    'Name the folder that holds the files.',
  );
}

function statOf(path: string): Stats {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true || found?.isDirectory() === true) return found;
  throw csvProblem(
    'data.csv-missing',
    { file: path },
    'found nothing there, wanted a CSV file or a folder of them',
    'Check the path.',
  );
}

function readFile(path: string, interval: BarInterval): readonly FoundSeries[] {
  const file = basename(path);
  const { size } = statOf(path);
  if (size > textLengthMax) {
    const text = `found ${size} bytes, wanted at most ${textLengthMax}`;
    throw csvProblem('data.csv-row', { file }, text, 'Split the file by instrument.');
  }
  const decoded = decodeText(readFileSync(path));
  if (decoded.kind === 'unreadable') {
    throw csvProblem(
      'data.csv-encoding',
      { file },
      `found ${decoded.found}, wanted CSV text in UTF-8 or CP949`,
      'Save it as "CSV UTF-8" in the spreadsheet.',
    );
  }
  return seriesInRecords({ file, encoding: decoded.encoding, records: splitRecords(decoded.text, file), interval });
}

/** `005930.csv`, `A005930_daily.csv`, `삼성전자(005930).csv`; null when no six-character code stands alone in the name. */
function symbolInName(file: string): string | null {
  return /(?:^|[^0-9A-Za-z]|(?<![0-9A-Za-z])A)([0-9][0-9A-Z]{5})(?![0-9A-Za-z])/.exec(file)?.[1] ?? null;
}

function refuseSecond(origin: Map<string, string>, one: FoundSeries): void {
  const first = origin.get(one.symbol);
  origin.set(one.symbol, one.file);
  if (first === undefined) return;
  throw csvProblem(
    'data.csv-duplicate',
    { file: one.file },
    `found ${one.symbol}, which "${first}" holds too, wanted each instrument in one file`,
    'Remove one of the files, or import them one after the other.',
  );
}

function reportOf({ file, encoding, symbol, found }: FoundSeries, calendar: CalendarOf): ImportedFile {
  const { series, ...counts } = found;
  return {
    file,
    encoding,
    symbol,
    from: series.date[0] ?? 0,
    to: series.date.at(-1) ?? 0,
    bars: series.date.length,
    ...counts,
    ...compareWithCalendar(series.interval === '1d' ? series.date : Int32Array.from(new Set(series.date)), calendar),
  };
}
