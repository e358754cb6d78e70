/** What takes a number of 1.8e100 beyond all numbers. */
const scale = 1e208;

/**
 * Whether indicators compute with a number: neither NaN nor infinite, nor beyond 1.7e100, whose squares and products, summed
 * over a window, would be infinite and spoil whatever remembers them.
 */
export function isUsable(value: number): boolean {
  return Number.isFinite(value * scale);
}

/**
 * The same for every number of a column: a usable one scaled less itself is 0, any other NaN. Two sums and no branch, so that
 * neither addition waits for the other.
 */
export function areUsable(column: Float64Array): boolean {
  let [even, odd] = [0, 0];
  for (let index = 0; index + 1 < column.length; index += 2) {
    const one = (column[index] ?? NaN) * scale;
    const other = (column[index + 1] ?? NaN) * scale;
    even += one - one;
    odd += other - other;
  }
  return even + odd === 0 && isUsable(column.at(-1) ?? 0);
}
