import { FixConfiguration } from '#domain/errors.ts';

export type CsvProblemCode =
  | 'data.csv-missing'
  | 'data.csv-encoding'
  | 'data.csv-columns'
  | 'data.csv-symbol'
  | 'data.csv-row'
  | 'data.csv-cell'
  | 'data.csv-duplicate'
  /** Days or minutes is not clear, or bars are of neither. */
  | 'data.csv-interval'
  /** Start or end of the minute is not clear. */
  | 'data.csv-stamp'
  | 'data.csv-empty'
  | 'data.parquet';

/** Where in a file; both count from 1, `column` is the name in the head. */
export interface CsvPlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: string;
}

/**
 * The one sentence with which an import ends: the place, what was found, what was wanted, and how to mend it.
 *
 * @param text "found …, wanted …" without the final full stop
 * @param fix a full sentence
 */
export function csvProblem(
  code: CsvProblemCode,
  place: CsvPlace,
  text: string,
  fix: string,
  cause?: unknown,
): FixConfiguration {
  const line = place.line === undefined ? '' : ` line ${place.line}`;
  const column = place.column === undefined ? '' : `, column "${place.column}"`;
  return new FixConfiguration(code, `Cannot import "${place.file}"${line}${column}: ${text}. ${fix}`, { cause });
}

/** A cell as it may be shown: short, on one line. */
export function shownCell(cell: string): string {
  const line = cell.replaceAll(/\s+/g, ' ').trim();
  return `"${line.length > 40 ? `${line.slice(0, 40)}…` : line}"`;
}
