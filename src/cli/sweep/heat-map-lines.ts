import type { HeatMap } from '#backtest/validation/heat-map.ts';
import { say } from '#link/language.ts';

const columnsMax = 36;
const rowsMax = 24;
/** From the worst fifth to the best. */
const shades = ['·', '░', '▒', '▓', '█'];
/** Of the 256 colours of a terminal: from cold to warm. */
const colours = [24, 31, 250, 215, 202];

/**
 * A heat map as text: two columns a cell, the first axis across, the second down, the best cell marked with a star. An
 * axis with more values than fit is drawn in steps, each cell the best of its step.
 *
 * @param isColoured whether the terminal takes colours
 */
export function heatMapLines(map: HeatMap, isColoured: boolean): readonly string[] {
  const [across, down] = [stepOf(map.x.values.length, columnsMax), stepOf(map.y.values.length, rowsMax)];
  const cells = grouped(map, across, down);
  const levels = levelsOf(cells);
  const best = { column: Math.floor(map.optimum.x / across), row: Math.floor(map.optimum.y / down) };
  const labels = map.y.values.filter((_, index) => index % down === 0).map(String);
  const width = Math.max(...labels.map((label) => label.length));
  const lines = cells.map((row, y) => {
    const drawn = row.map((score, x) => {
      if (x === best.column && y === best.row) return '★ ';
      return score === null ? '  ' : cellText(levels(score), isColoured);
    });
    return `${(labels[y] ?? '').padStart(width)} │${drawn.join('').trimEnd()}`;
  });
  const ends = [map.x.values[0], map.x.values.at(-1)].map(String);
  const gap = ' '.repeat(Math.max(1, (cells[0]?.length ?? 0) * 2 - (ends[0] ?? '').length - (ends[1] ?? '').length));
  const legend = isColoured ? colours.map((_, level) => cellText(level, true)).join('') : shades.join(' ');
  return [
    `${map.y.name} ↓  ${map.x.name} →   ${say('낮음', 'low')} ${legend} ${say('높음', 'high')}  ★ ${say('가장 좋음', 'best')}`,
    ...lines,
    `${' '.repeat(width)} └${ends[0]}${gap}${ends[1]}`,
  ];
}

function stepOf(values: number, most: number): number {
  return Math.ceil(values / most);
}

/** The best of each group of cells; null where nothing ran. */
function grouped({ scores, x, y }: HeatMap, across: number, down: number): readonly (readonly (number | null)[])[] {
  const cells = Array.from({ length: Math.ceil(y.values.length / down) }, () =>
    Array.from({ length: Math.ceil(x.values.length / across) }, (): number | null => null),
  );
  for (const [row, line] of scores.entries()) {
    const group = cells[Math.floor(row / down)] ?? [];
    for (const [column, score] of line.entries()) {
      const before = group[Math.floor(column / across)] ?? null;
      if (score !== null && (before === null || score > before)) group[Math.floor(column / across)] = score;
    }
  }
  return cells;
}

/** Fifths of the scores by rank, so that one outlier does not make all others look alike. */
function levelsOf(cells: readonly (readonly (number | null)[])[]): (score: number) => number {
  const sorted = cells.flat().filter((score) => score !== null);
  sorted.sort((a, b) => a - b);
  return (score) => {
    const below = sorted.findIndex((one) => one >= score);
    return Math.min(shades.length - 1, Math.floor((below * shades.length) / sorted.length));
  };
}

function cellText(level: number, isColoured: boolean): string {
  if (isColoured) return `\u001B[48;5;${colours[level]}m  \u001B[0m`;
  return `${shades[level]} `;
}
