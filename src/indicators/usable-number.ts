/** What takes a number of 1.8e100 beyond all numbers. */
const scale = 1e208;

/**
 * Whether indicators compute with a number: neither NaN nor infinite, nor beyond 1.7e100, whose squares and products, summed
 * over a window, would be infinite and spoil whatever remembers them.
 */
export function isUsable(value: number): boolean {
  return Number.isFinite(value * scale);
}

/** The same for every number of a column: a usable one scaled less itself is 0, any other NaN. One sum and no branch. */
export function areUsable(column: Float64Array): boolean {
  let sum = 0;
  for (let index = 0; index < column.length; index += 1) {
    const scaled = (column[index] ?? NaN) * scale;
    sum += scaled - scaled;
  }
  return sum === 0;
}
