import { say } from '#link/language.ts';
import { tableLines, type TableColumn } from './table.ts';
import { wrappedText } from './wrapped-text.ts';
import { textWidth } from './text-width.ts';

const terminalColumns = 80;

/**
 * A table that leaves out columns of nothing but zeros where it would not fit a terminal, and says of which in a line
 * below. Where it fits, and where it does not fit all the same, every other column stays.
 */
export function leanTableLines(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const whole = tableLines(columns, rows);
  if (rows.length === 0 || whole.every((line) => textWidth(line) <= terminalColumns)) return whole;
  const isKept = columns.map(({ align }, place) => align === 'left' || rows.some((row) => row[place] !== '0'));
  const left = columns.filter((_, place) => isKept[place] !== true).map(({ head }) => head);
  if (left.length === 0) return whole;
  const lean = tableLines(
    columns.filter((_, place) => isKept[place]),
    rows.map((row) => row.filter((_, place) => isKept[place])),
  );
  return [...lean, wrappedText(say(`모두 0: ${left.join(', ')}.`, `0 throughout: ${left.join(', ')}.`))];
}
