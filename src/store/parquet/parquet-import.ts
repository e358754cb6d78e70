import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, type SchemaElement } from 'hyparquet';
import { daysOnly, type BarReading } from '../bar-reading.ts';
import type { CalendarOf } from '../check/calendar-findings.ts';
import { joinImport, partOfReading, type CsvImport } from '../csv/csv-import.ts';
import { csvProblem } from '../csv/csv-problem.ts';
import type { CsvRecord } from '../csv/csv-records.ts';
import { seriesInRecords, type FileRecords, type FoundSeries } from '../series-in-records.ts';

const seoulOffsetMs = 9 * 3_600_000;
const dayMs = 86_400_000;
const bytesMax = 1024 * 1024 * 1024;
/** Each row is checked cell by cell, as text; more of them at once would fill the memory. */
const rowsMax = 3_000_000;
const columnsMax = 200;
/** A page of a Parquet file has a megabyte; a column chunk of one row group stays far below this. */
const pageBytesMax = 512 * 1024 * 1024;
const bounded = { maxOutputLength: pageBytesMax };

/** Codecs that pandas and polars write besides Snappy, which the reader knows. */
const compressors = {
  GZIP: (input: Uint8Array) => gunzipSync(input, bounded),
  ZSTD: (input: Uint8Array) => zstdDecompressSync(input, bounded),
  BROTLI: (input: Uint8Array) => brotliDecompressSync(input, bounded),
};

/** The Parquet files at `path`: itself, or those of the folder by name; none when there are none. */
export function parquetFilesAt(path: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() !== true) return /\.parquet$/i.test(path) ? [path] : [];
  const names = readdirSync(path).filter((name) => /\.parquet$/i.test(name) && !name.startsWith('.'));
  return names.toSorted().map((name) => join(path, name));
}

/**
 * Reads bars from Parquet files as `readCsvBars` does from CSV: the same names of columns, the same checks of every cell,
 * all of it or nothing. Lines in messages are rows, counted from 1; the index of a pandas frame counts as its day. A
 * TIMESTAMP that says it is UTC is read on the clock of Seoul, one that says it is local as it stands; one that says nothing
 * is UTC where it has times before seven in the morning, at which nobody trades in Seoul.
 *
 * @throws {FixConfiguration} `data.parquet` when a file is none or too large, and the codes of `readCsvBars`
 */
export async function readParquetBars(
  files: readonly string[],
  calendar: CalendarOf,
  reading: BarReading = daysOnly,
): Promise<CsvImport> {
  const found: FoundSeries[] = [];
  for (const [index, path] of files.entries()) {
    const source = { file: basename(path), encoding: 'Parquet', ...(await recordsOf(path, basename(path))) } as const;
    found.push(...seriesInRecords(source, partOfReading(reading, index, files.length)));
  }
  return joinImport(found, calendar);
}

type ParquetRow = Readonly<Record<string, unknown>>;

async function recordsOf(path: string, file: string): Promise<Pick<FileRecords, 'records' | 'rowsExpected'>> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    throw csvProblem(
      'data.csv-missing',
      { file: path },
      'found nothing there, wanted a Parquet file',
      'Check the path.',
    );
  }
  refuseLarge(file, 'bytes', found.size, bytesMax);
  try {
    const buffer = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(buffer);
    const columns = metadata.schema.slice(1);
    refuseLarge(file, 'rows', Number(metadata.num_rows), rowsMax);
    refuseLarge(file, 'columns', columns.length, columnsMax);
    const rows: readonly ParquetRow[] = await parquetReadObjects({ file: buffer, metadata, compressors });
    return { records: textRows(columns, rows), rowsExpected: rows.length };
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('data.')) throw cause;
    const text = `found ${cause instanceof Error ? cause.message : String(cause)}, wanted a Parquet file`;
    throw csvProblem('data.parquet', { file }, text, 'Write the file again.', cause);
  }
}

function* textRows(columns: readonly SchemaElement[], rows: readonly ParquetRow[]): Generator<CsvRecord> {
  yield { line: 0, cells: columns.map(({ name }) => headOf(name)) };
  const offsets = columns.map((column) => offsetOf(column, rows));
  for (const [index, row] of rows.entries()) {
    const cells = columns.map((column, place) => cellOf(row[column.name], column, offsets[place] ?? 0));
    yield { line: index + 1, cells };
  }
}

/** Milliseconds between a column's times and the clock of Seoul. */
function offsetOf({ name, logical_type: logical }: SchemaElement, rows: readonly ParquetRow[]): number {
  if (logical?.type === 'TIMESTAMP') return logical.isAdjustedToUTC ? seoulOffsetMs : 0;
  const isBeforeTrading = rows.some((row) => {
    const value = row[name];
    return value instanceof Date && value.getTime() % dayMs !== 0 && value.getUTCHours() < 7;
  });
  return isBeforeTrading ? seoulOffsetMs : 0;
}

function refuseLarge(file: string, what: string, found: number, max: number): void {
  if (found <= max) return;
  throw csvProblem(
    'data.parquet',
    { file },
    `found ${found} ${what}, wanted at most ${max}`,
    'Split the file by year or by instrument.',
  );
}

/** What pandas calls an index without a name. */
function headOf(label: string): string {
  return label === '__index_level_0__' ? 'date' : label;
}

/** A cell as CSV would have it; what is no number, text, day or time becomes a word that the checks refuse. */
function cellOf(
  value: unknown,
  { logical_type: logical, converted_type: converted }: SchemaElement,
  offset: number,
): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return momentOf(value, offset);
  if (typeof value === 'string') return value;
  if (typeof value !== 'number' && typeof value !== 'bigint') return '?';
  if (logical?.type === 'TIME') return timeOf(Number(value) / unitsOfSecond[logical.unit]);
  if (converted === 'TIME_MILLIS') return timeOf(Number(value) / 1_000);
  return converted === 'TIME_MICROS' ? timeOf(Number(value) / 1_000_000) : String(value);
}

const unitsOfSecond = { MILLIS: 1_000, MICROS: 1_000_000, NANOS: 1_000_000_000 } as const;

function timeOf(seconds: number): string {
  const moment = new Date(seconds * 1_000);
  return Number.isNaN(moment.getTime()) ? '?' : moment.toISOString().slice(11, 23).replace('.000', '');
}

/** A moment of a day keeps its time, seconds included: they decide whether it is a day, a minute or neither. */
function momentOf(moment: Date, offset: number): string {
  const local = new Date(moment.getTime() + offset);
  if (Number.isNaN(local.getTime())) return '?';
  const text = local.toISOString();
  if (text.endsWith('T00:00:00.000Z')) return text.slice(0, 10);
  return text.slice(0, text.endsWith(':00.000Z') ? 16 : 23).replace('T', ' ');
}
