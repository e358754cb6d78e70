/** Values that do not count: where averages began is forgotten by then. */
export const settledAt = 1_000;

/**
 * The sum of an indicator's values from bar `settledAt` on. Libraries that leave the warm-up out give shorter arrays with
 * the same end, so it is counted from there.
 *
 * @param length of the series, when the column may be shorter
 */
export function settledSum(column: ArrayLike<number>, length = column.length): number {
  let sum = 0;
  const count = length - settledAt;
  for (let index = column.length - count; index < column.length; index += 1) sum += column[index] ?? NaN;
  return sum;
}
