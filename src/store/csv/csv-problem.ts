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

/** A file that cannot be read: the sentence, and what it is made of, for whoever says it in another language. */
export class CsvProblem extends FixConfiguration {
  declare readonly code: CsvProblemCode;
  readonly place: CsvPlace;
  /** "found …, wanted …". */
  readonly text: string;
  /** Rows with problems besides this one. */
  readonly moreRows: number;

  constructor(
    code: CsvProblemCode,
    message: string,
    about: { readonly place: CsvPlace; readonly text: string; readonly moreRows: number },
    options?: ErrorOptions,
  ) {
    super(code, message, options);
    this.name = 'CsvProblem';
    this.place = about.place;
    this.text = about.text;
    this.moreRows = about.moreRows;
  }
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
): CsvProblem {
  const line = place.line === undefined ? '' : ` line ${place.line}`;
  const column = place.column === undefined ? '' : `, column "${place.column}"`;
  const message = `Cannot import "${place.file}"${line}${column}: ${text}. ${fix}`;
  return new CsvProblem(code, message, { place, text, moreRows: 0 }, { cause });
}

/** The first problem in full, and where the others are: whoever mends a long file wants to know how much there is to do. */
export function withMore(first: CsvProblem, rest: string, moreRows: number): CsvProblem {
  const { code, place, text } = first;
  return new CsvProblem(code, `${first.message} ${rest}`, { place, text, moreRows }, { cause: first });
}

/** A cell as it may be shown: short, on one line. */
export function shownCell(cell: string): string {
  const line = cell.replaceAll(/\s+/g, ' ').trim();
  return `"${line.length > 40 ? `${line.slice(0, 40)}…` : line}"`;
}
