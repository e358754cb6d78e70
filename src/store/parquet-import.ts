import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import type { CalendarOf } from './calendar-findings.ts';
import { joinImport, seriesInRecords, type CsvImport, type FoundSeries } from './csv-import.ts';
import { csvProblem } from './csv-problem.ts';
import type { CsvRecord } from './csv-records.ts';

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
 * Reads daily bars from Parquet files as `readCsvBars` does from CSV: the same names of columns, the same checks of every
 * cell, all of it or nothing. Lines in messages are rows, counted from 1; the index of a pandas frame counts as its day.
 *
 * @throws {FixConfiguration} `data.parquet` when a file is none or too large, and the codes of `readCsvBars`
 */
export async function readParquetBars(files: readonly string[], calendar: CalendarOf): Promise<CsvImport> {
  const found: FoundSeries[] = [];
  for (const path of files) {
    const file = basename(path);
    found.push(...seriesInRecords({ file, encoding: 'Parquet', records: await recordsOf(path, file) }));
  }
  return joinImport(found, calendar);
}

async function recordsOf(path: string, file: string): Promise<readonly CsvRecord[]> {
  refuseLarge(file, 'bytes', statSync(path, { throwIfNoEntry: false })?.size ?? 0, bytesMax);
  try {
    const buffer = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(buffer);
    const labels = metadata.schema.slice(1).map(({ name }) => name);
    refuseLarge(file, 'rows', Number(metadata.num_rows), rowsMax);
    refuseLarge(file, 'columns', labels.length, columnsMax);
    const rows = await parquetReadObjects({ file: buffer, metadata, compressors });
    const head = { line: 0, cells: labels.map(headOf) };
    return [head, ...rows.map((row, index) => ({ line: index + 1, cells: labels.map((label) => cellOf(row[label])) }))];
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('data.')) throw cause;
    const text = `found ${cause instanceof Error ? cause.message : String(cause)}, wanted a Parquet file`;
    throw csvProblem('data.parquet', { file }, text, 'Write the file again.', cause);
  }
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

/** A cell as CSV would have it; what is no number, text or day becomes a word that the checks refuse. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dayOf(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : '?';
}

/** A moment of a day keeps its time, by which it is refused as a minute bar. */
function dayOf(moment: Date): string {
  const text = moment.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ');
}
