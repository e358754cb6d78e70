/** Orders of a requester that make its usual quantity. */
export const quantitiesLookedAt = 20;

/**
 * Twice the median of an even number of quantities, so that nothing is rounded here.
 *
 * @returns NaN for fewer than two, and when one of them is no number
 */
export function sumOfMiddleTwo(quantities: readonly number[]): number {
  const sorted = Float64Array.from(quantities).sort();
  const half = sorted.length / 2;
  // NaN sorts to the end: a list with one in it has no median.
  if (Number.isNaN(sorted[sorted.length - 1])) return Number.NaN;
  return (sorted[half - 1] ?? Number.NaN) + (sorted[half] ?? Number.NaN);
}
