import { csvProblem } from './csv-problem.ts';

/** One record of a file, and the line it begins on, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Longer files are not bars of a listed instrument; the bound keeps a wrong file from filling the memory. */
export const textLengthMax = 256 * 1024 * 1024;

/**
 * Splits delimited text (RFC 4180; also tabs and semicolons, decided by the first line) into records. LF, CRLF and CR end
 * a record, blank lines are left out, cells are trimmed, a quoted cell may hold anything. Records are made as they are
 * asked for, and only once.
 *
 * @throws {FixConfiguration} `data.csv-row` when a quote is never closed
 */
export function splitRecords(text: string, file: string): Iterable<CsvRecord> {
  const delimiter = delimiterOf(text);
  return text.includes('"') ? splitQuoted(text, delimiter, file) : splitPlain(text, delimiter);
}

function delimiterOf(text: string): string {
  const first = /[^\r\n]+/.exec(text)?.[0] ?? '';
  if (first.includes(',')) return ',';
  return first.includes('\t') ? '\t' : ';';
}

/** The common case, several times faster than looking at every character. */
function* splitPlain(text: string, delimiter: string): Generator<CsvRecord> {
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === '') continue;
    yield { line: index + 1, cells: line.split(delimiter).map((cell) => cell.trim()) };
  }
}

/** A quoted cell with doubled quotes inside, or a bare one; then what ends it. */
function* splitQuoted(text: string, delimiter: string, file: string): Generator<CsvRecord> {
  const end = delimiter === '\t' ? '\\t' : delimiter;
  const cellPattern = new RegExp(
    `[^\\S\\r\\n\\t]*(?:"((?:[^"]|"")*)"[^\\S\\r\\n\\t]*|([^"${end}\\r\\n]*))(${end}|\\r\\n|\\n|\\r|$)`,
    'y',
  );
  let [line, startLine] = [1, 1];
  let cells: string[] = [];
  while (cellPattern.lastIndex < text.length) {
    const position = cellPattern.lastIndex;
    const match = cellPattern.exec(text);
    if (match === null) throw unclosed(file, lineAt(text, position));
    const [whole, quoted, bare = '', ending] = match;
    cells.push((quoted?.replaceAll('""', '"') ?? bare).trim());
    line += (whole.match(/\r\n|\n|\r/g) ?? []).length;
    if (ending === delimiter && cellPattern.lastIndex < text.length) continue;
    if (ending === delimiter) cells.push('');
    if (cells.some((cell) => cell !== '')) yield { line: startLine, cells };
    cells = [];
    startLine = line;
  }
}

function unclosed(file: string, line: number): Error {
  return csvProblem(
    'data.csv-row',
    { file, line },
    'found a quote that does not enclose its whole cell, wanted quotes at both ends of a cell',
    'Remove the quotes or export the file again.',
  );
}

function lineAt(text: string, position: number): number {
  return (text.slice(0, position).match(/\r\n|\n|\r/g) ?? []).length + 1;
}
