/**
 * How far the price moved over a bar, the gap from the close before included:
 * `max(high, previousClose) - min(low, previousClose)`.
 *
 * @param previousClose NaN on the first bar, where the range is `high - low`
 */
export function trueRange(high: number, low: number, previousClose: number): number {
  if (Number.isNaN(previousClose)) return high - low;
  return Math.max(high, previousClose) - Math.min(low, previousClose);
}
