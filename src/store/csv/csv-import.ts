import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { basename, join } from 'node:path';
import type { BarInterval } from '#domain/bar.ts';
import { daysOnly, type BarReading, type StampFound } from '../bar-reading.ts';
import type { NamedSeries } from '../bar-store.ts';
import { compareWithCalendar, type CalendarFindings, type CalendarOf } from '../check/calendar-findings.ts';
import { csvProblem } from './csv-problem.ts';
import { splitRecords, textLengthMax } from './csv-records.ts';
import type { CsvSeries } from './csv-series.ts';
import { decodeText } from './decode-text.ts';
import { joinMinutes } from '../minutes/join-minutes.ts';
import { seriesInRecords, type FileForm, type FoundSeries } from '../series-in-records.ts';

/** What an import found out about one instrument of one file. Days are yyyymmdd. */
export interface ImportedFile extends CalendarFindings, Omit<CsvSeries, 'series'> {
  /** Its name; of minutes that came in several files the first one's, and how many more. */
  readonly file: string;
  readonly encoding: FileForm;
  readonly symbol: string;
  readonly interval: BarInterval;
  /** Of minute bars only. */
  readonly stamp?: StampFound;
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
 * Reads bars of days from a CSV file, or from every `.csv` and `.txt` file of a folder (not of the folders in it), by name.
 * Columns may be Korean or English, see csv-columns.ts; encodings UTF-8 and CP949. Nothing is guessed about a number: a
 * cell that is not exactly one ends the import, and nothing of any file is returned.
 *
 * @param reading days when left out; see `BarReading` for minutes
 * @throws {FixConfiguration} the first problem, with file, line, column and the fix: `data.csv-missing`,
 *   `data.csv-encoding`, `data.csv-columns`, `data.csv-symbol`, `data.csv-row`, `data.csv-cell`, `data.csv-duplicate`,
 *   `data.csv-empty`; where minutes are possible also `data.csv-interval` and `data.csv-stamp`
 */
export function readCsvBars(path: string, calendar: CalendarOf, reading: BarReading = daysOnly): CsvImport {
  const files = filesAt(path);
  return joinImport(
    files.flatMap((file, index) => readFile(file, partOfReading(reading, index, files.length))),
    calendar,
  );
}

/** `reading` for one file of several, whose progress is a part of the whole. */
export function partOfReading(reading: BarReading, index: number, count: number): BarReading {
  const { onProgress } = reading;
  return onProgress === undefined
    ? reading
    : { ...reading, onProgress: (fraction) => onProgress((index + fraction) / count) };
}

/**
 * What was found in files, as one import. Minutes of one instrument may come in many files; its days in one.
 *
 * @throws {FixConfiguration} `data.csv-duplicate` when two files hold the days of one instrument, or different minutes
 */
export function joinImport(found: readonly FoundSeries[], calendar: CalendarOf): CsvImport {
  const origin = new Map<string, string>();
  const joined = joinMinutes(found);
  for (const one of joined) refuseSecond(origin, one);
  return {
    series: joined.map((one) => ({ series: one.found.series, name: one.found.name })),
    files: joined.map((one) => reportOf(one, calendar)),
  };
}

function filesAt(path: string): readonly string[] {
  if (!statOf(path).isDirectory()) return [path];
  const names = barFilesIn(path);
  if (names.length > 0) return names.map((name) => join(path, name));
  const inner = readdirSync(path, { withFileTypes: true }).find(
    (entry) => entry.isDirectory() && barFilesIn(join(path, entry.name)).length > 0,
  );
  throw csvProblem(
    'data.csv-missing',
    { file: path },
    'found a folder without .csv files, wanted at least one',
    inner === undefined
      ? 'Name the folder that holds the files.'
      : `Its folder "${inner.name}" has some: name that one.`,
  );
}

function barFilesIn(path: string): readonly string[] {
  return readdirSync(path)
    .filter((name) => /\.(csv|txt)$/i.test(name) && !name.startsWith('.'))
    .toSorted();
}

function statOf(path: string): Stats {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true || found?.isDirectory() === true) return found;
  throw csvProblem(
    'data.csv-missing',
    { file: path },
    'found nothing there, wanted a CSV or Parquet file, or a folder of them',
    'Check the path.',
  );
}

function readFile(path: string, reading: BarReading): readonly FoundSeries[] {
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
  const { text, encoding } = decoded;
  const records = splitRecords(text, file);
  return seriesInRecords({ file, encoding, records, rowsExpected: rowsIn(text) }, reading);
}

/** About how many rows a text has, by the length of its first lines. */
function rowsIn(text: string): number {
  const sample = text.slice(0, 10_000);
  return (text.length / Math.max(1, sample.length)) * (sample.split('\n').length - 1);
}

function refuseSecond(origin: Map<string, string>, one: FoundSeries): void {
  const key = `${one.symbol} ${one.found.series.interval}`;
  const first = origin.get(key);
  origin.set(key, one.file);
  if (first === undefined) return;
  throw csvProblem(
    'data.csv-duplicate',
    { file: one.file },
    `found ${one.symbol}, which "${first}" holds too, wanted each instrument in one file`,
    'Remove one of the files, or import them one after the other.',
  );
}

function reportOf({ file, encoding, symbol, stamp, found }: FoundSeries, calendar: CalendarOf): ImportedFile {
  const { series, ...counts } = found;
  return {
    file,
    encoding,
    symbol,
    interval: series.interval,
    ...(stamp === undefined ? {} : { stamp }),
    from: series.date[0] ?? 0,
    to: series.date.at(-1) ?? 0,
    bars: series.date.length,
    ...counts,
    ...compareWithCalendar(series.interval === '1d' ? series.date : Int32Array.from(new Set(series.date)), calendar),
  };
}
