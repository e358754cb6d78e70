/** Bits of the eight dots of a braille cell (Unicode block 2800), by row and column. */
const dots = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/**
 * A line over time in braille dots, the axis at the right, the first and the last label under it; 80 columns at most.
 *
 * @param values one at each step, all finite, at least one
 * @param options.labelOf a value as at most ten characters
 * @returns the lines, `rows` of the plot and one of labels
 */
export function plotLines(
  values: readonly number[],
  options: {
    readonly from: string;
    readonly to: string;
    readonly labelOf: (value: number) => string;
    readonly columns?: number;
    readonly rows?: number;
  },
): readonly string[] {
  const { columns = 68, rows = 12, labelOf } = options;
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const cells = Array.from({ length: rows }, () => new Uint8Array(columns));
  const heightOf = (value: number) =>
    high === low ? rows * 2 : Math.round(((high - value) / (high - low)) * (rows * 4 - 1));
  let before = heightOf(values[0] ?? 0);
  for (let x = 0; x < columns * 2; x += 1) {
    const y = heightOf(values[Math.round((x / (columns * 2 - 1)) * (values.length - 1))] ?? 0);
    // The dots between two steps are drawn too, or a steep line falls into pieces.
    for (let dot = Math.min(before, y); dot <= Math.max(before, y); dot += 1) set(cells, x, dot);
    before = y;
  }
  const labels = new Map([
    [0, labelOf(high)],
    [Math.floor((rows - 1) / 2), labelOf((high + low) / 2)],
    [rows - 1, labelOf(low)],
  ]);
  const plot = cells.map((row, index) => {
    const text = Array.from(row, (cell) => String.fromCodePoint(0x2800 + cell)).join('');
    return `${text} ${labels.has(index) ? '┤' : '│'}${labels.get(index) ?? ''}`;
  });
  const gap = ' '.repeat(Math.max(1, columns - options.from.length - options.to.length));
  return [...plot, `${options.from}${gap}${options.to}`];
}

function set(cells: readonly Uint8Array[], x: number, y: number): void {
  const row = cells[Math.floor(y / 4)];
  const bit = dots[y % 4]?.[x % 2];
  if (row === undefined || bit === undefined) return;
  row[x >> 1] = (row[x >> 1] ?? 0) | bit;
}
