import { basename } from 'node:path';
import { csvProblem, shownCell, type CsvPlace } from './csv-problem.ts';
import { splitRecords, type CsvRecord } from './csv-records.ts';
import { smallCsvText } from './small-csv-text.ts';

const sizeMax = 16 * 1024 * 1024;

/** A row of a small table, its cells by our names of the columns. */
export interface CsvTableRow<Column extends string> {
  readonly cell: (column: Column) => string;
  /** For messages. */
  readonly place: (column: Column) => CsvPlace;
}

/**
 * Rows of a CSV file of at most 16 MiB with a head, every named column of which must be there.
 *
 * @param names of each column in use, compared without case, spaces and brackets, ours first
 * @param foreign columns that make it another kind of file, which must not be read as this one
 * @throws {FixConfiguration} `data.csv-missing`, `data.csv-encoding`, `data.csv-columns`, `data.csv-row`, `data.csv-empty`
 */
export function readCsvTable<const Column extends string>(
  path: string,
  names: Readonly<Record<Column, readonly string[]>>,
  foreign: readonly string[] = [],
): readonly CsvTableRow<Column>[] {
  const file = basename(path);
  const [head, ...records] = splitRecords(
    smallCsvText(path, file, { bytesMax: sizeMax, fix: 'Keep only what the backtest needs.' }),
    file,
  );
  if (head === undefined || records.length === 0) {
    throw csvProblem(
      'data.csv-empty',
      { file },
      'found no rows, wanted a head and at least one row',
      'Fill the file in.',
    );
  }
  const columns = columnsOf(head, file, names, foreign);
  return records.map((record) => rowOf(record, columns, { file, width: head.cells.length }));
}

type ColumnPlaces<Column extends string> = readonly (readonly [name: Column, place: number])[];

function columnsOf<Column extends string>(
  head: CsvRecord,
  file: string,
  names: Readonly<Record<Column, readonly string[]>>,
  foreign: readonly string[],
): ColumnPlaces<Column> {
  const labels = head.cells.map((label) => label.toLowerCase().replaceAll(/\(.*?\)|[\s_'"]/g, ''));
  // The keys of the record that was given, which nothing has widened.
  const wanted = Object.keys(names) as Column[];
  const columns = wanted.map((name) => [name, labels.findIndex((label) => names[name].includes(label))] as const);
  const missing = columns
    .filter(([, place]) => place === -1)
    .map(([name]) => `"${names[name].slice(0, 2).join('" or "')}"`);
  const wrong = labels.find((label) => foreign.includes(label));
  if (missing.length === 0 && wrong === undefined) return columns;
  const found = shownCell(head.cells.join(', '));
  const text =
    missing.length > 0
      ? `found the columns ${found}, wanted also ${missing.join(', ')}`
      : `found the columns ${found}, wanted none called "${wrong}"`;
  throw csvProblem('data.csv-columns', { file, line: head.line }, text, 'Name the columns in the first line.');
}

function rowOf<Column extends string>(
  { line, cells }: CsvRecord,
  columns: ColumnPlaces<Column>,
  { file, width }: { readonly file: string; readonly width: number },
): CsvTableRow<Column> {
  if (cells.length !== width) {
    const text = `found ${cells.length} cells, wanted ${width} as in the first line`;
    throw csvProblem('data.csv-row', { file, line }, text, 'Write numbers without thousands separators.');
  }
  const places = new Map(columns);
  return {
    cell: (column) => cells[places.get(column) ?? -1] ?? '',
    place: (column) => ({ file, line, column }),
  };
}
