/**
 * How far the price moved over a bar, the gap from the close before included:
 * `max(high, previousClose) - min(low, previousClose)`.
 *
 * @param previousClose NaN on the first bar, where the range is `high - low`
 */
export function trueRange(high: number, low: number, previousClose: number): number {
  // Every comparison with NaN is false, so the first bar needs no case of its own; NaN in high or low comes through.
  const top = previousClose > high ? previousClose : high;
  const bottom = previousClose < low ? previousClose : low;
  return top - bottom;
}
