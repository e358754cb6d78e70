/** Eighths of a cell, thinnest first. */
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/**
 * A bar of a value around an axis: losses to the left of `│` in whole cells, gains to the right in eighths. Always
 * `2 × cells + 1` columns.
 *
 * @param most the size, above 0, that fills one side; larger values fill it too
 */
export function signedBar(value: number, most: number, cells: number): string {
  const length = most > 0 && Number.isFinite(value) ? Math.min(1, Math.abs(value) / most) * cells : 0;
  if (value < 0) {
    // A loss is never drawn as nothing.
    const filled = Math.max(1, Math.round(length));
    return `${' '.repeat(cells - filled)}${'█'.repeat(filled)}│${' '.repeat(cells)}`;
  }
  const steps = Math.round(length * 8);
  const bar = `${'█'.repeat(Math.floor(steps / 8))}${eighths[steps % 8] ?? ''}`;
  return `${' '.repeat(cells)}│${bar.padEnd(cells)}`;
}
