import { textWidth } from './text-width.ts';

const shades = [' ', '░', '▒', '▓', '█'] as const;
const columnsMax = 34;
const rowsMax = 20;

/**
 * A heat map in shades, two columns a cell, darker is higher; `◆` stands on the optimum and `·` where nothing ran. A
 * larger map is thinned evenly around the optimum.
 *
 * @param map.scores one row a value of `y`, one cell a value of `x`
 */
export function heatMapLines(map: {
  readonly x: { readonly name: string; readonly values: readonly number[] };
  readonly y: { readonly name: string; readonly values: readonly number[] };
  readonly scores: readonly (readonly (number | null)[])[];
  readonly optimum: { readonly x: number; readonly y: number };
}): readonly string[] {
  const { x, y, scores, optimum } = map;
  const found = scores.flat().filter((score) => score !== null);
  const [low, high] = [Math.min(...found), Math.max(...found)];
  const columns = thinned(x.values.length, optimum.x, columnsMax);
  const labels = thinned(y.values.length, optimum.y, rowsMax).map((row) => ({ row, label: String(y.values[row]) }));
  const width = Math.max(textWidth(y.name), ...labels.map(({ label }) => textWidth(label)));
  const lines = labels.map(({ row, label }) => {
    const cells = columns.map((column) => {
      if (row === optimum.y && column === optimum.x) return '◆ ';
      const score = scores[row]?.[column] ?? null;
      if (score === null) return '· ';
      const share = high === low ? 1 : (score - low) / (high - low);
      return (shades[Math.min(4, Math.floor(share * 5))] ?? ' ').repeat(2);
    });
    return `${label.padStart(width)} │${cells.join('')}`.trimEnd();
  });
  const [first, last] = [x.values[columns[0] ?? 0] ?? '', x.values[columns.at(-1) ?? 0] ?? ''];
  const foot = `${' '.repeat(width)} └${'─'.repeat(columns.length * 2)}`;
  return [y.name, ...lines, foot, `${' '.repeat(width)}  ${first} … ${last} ${x.name}`];
}

/** At most `most` places of `count`, evenly spaced, `kept` among them. */
function thinned(count: number, kept: number, most: number): readonly number[] {
  const step = Math.ceil(count / most);
  return Array.from({ length: count }, (_, place) => place).filter((place) => (place - kept) % step === 0);
}
