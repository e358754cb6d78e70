/** Five values in rising order: the ends of the outer band, of the inner band, and the middle. */
export type BandValues = readonly number[];

/**
 * Percentile bands over time: `░` the outer band, `▒` the inner one, `━` the middle; the highest, middle and lowest value
 * at the right.
 *
 * @param bands oldest first, at least one, each of five finite values in rising order
 * @param options.labelOf a value as at most ten characters
 */
export function bandPlotLines(
  bands: readonly BandValues[],
  options: { readonly labelOf: (value: number) => string; readonly columns?: number; readonly rows?: number },
): readonly string[] {
  const { labelOf, columns = 61, rows = 13 } = options;
  const low = bands.reduce((least, [value = NaN]) => Math.min(least, value), Infinity);
  const high = bands.reduce((most, values) => Math.max(most, values[4] ?? NaN), -Infinity);
  const rowOf = (value = NaN) => (high === low ? 0 : Math.round(((high - value) / (high - low)) * (rows - 1)));
  const cells = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ' '));
  for (let column = 0; column < columns; column += 1) {
    const values = bands[Math.round((column / Math.max(1, columns - 1)) * (bands.length - 1))] ?? [];
    const [bottom, lower, middle, upper, top] = [0, 1, 2, 3, 4].map((place) => rowOf(values[place]));
    for (const [row, line] of cells.entries()) {
      if (row === middle) line[column] = '━';
      else if (row >= (upper ?? 0) && row <= (lower ?? 0)) line[column] = '▒';
      else if (row >= (top ?? 0) && row <= (bottom ?? 0)) line[column] = '░';
    }
  }
  const middle = Math.floor((rows - 1) / 2);
  const labels = new Map([
    [0, labelOf(high)],
    [middle, labelOf(high - ((high - low) * middle) / (rows - 1))],
    [rows - 1, labelOf(low)],
  ]);
  return cells.map((line, row) => `${line.join('')} ${labels.has(row) ? '┤' : '│'}${labels.get(row) ?? ''}`);
}
