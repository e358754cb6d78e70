import type { BarReading } from './bar-reading.ts';
import type { CalendarOf } from './check/calendar-findings.ts';
import { readCsvBars, type CsvImport } from './csv/csv-import.ts';
import { parquetFilesAt, readParquetBars } from './parquet/parquet-import.ts';

/**
 * Bars of a CSV or Parquet file, or of a folder: of its Parquet files when it has some, of its CSV files otherwise.
 *
 * @throws {FixConfiguration} the codes of `readCsvBars` and of `readParquetBars`
 */
export async function readBarFiles(path: string, calendar: CalendarOf, reading?: BarReading): Promise<CsvImport> {
  const parquet = parquetFilesAt(path);
  return parquet.length === 0 ? readCsvBars(path, calendar, reading) : readParquetBars(parquet, calendar, reading);
}
