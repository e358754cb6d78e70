import { textWidth } from './text-width.ts';

export interface TableColumn {
  readonly head: string;
  /** Numbers to the right, words to the left. */
  readonly align: 'left' | 'right';
}

/**
 * Lines of a table with aligned columns, two spaces apart, a rule under the head; no line ends in blanks.
 *
 * @param rows cells in the order of `columns`; a missing one is empty
 */
export function tableLines(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = columns.map((column, index) =>
    Math.max(textWidth(column.head), ...rows.map((row) => textWidth(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map((column, index) => padded(cells[index] ?? '', widths[index] ?? 0, column.align))
      .join('  ')
      .trimEnd();
  const head = line(columns.map((column) => column.head));
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [head, rule, ...rows.map((row) => line(row))];
}

function padded(cell: string, width: number, align: 'left' | 'right'): string {
  const blanks = ' '.repeat(Math.max(0, width - textWidth(cell)));
  return align === 'left' ? cell + blanks : blanks + cell;
}
