/**
 * The first place, from `from` on, whose value is not below `wanted`; the length of `values` when there is none.
 *
 * @param values ascending from `from` on
 */
export function firstAtOrAfter(values: Int32Array | Float64Array, wanted: number, from = 0): number {
  let [low, high] = [from, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? Infinity) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
