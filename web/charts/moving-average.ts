/**
 * The plain mean of the last `period` closes, for the lines of the chart. Won sums are exact in float64.
 *
 * @returns same length; null until `period` closes are there
 */
export function movingAverage(closes: readonly number[], period: number): readonly (number | null)[] {
  let sum = 0;
  return closes.map((close, index) => {
    sum += close - (index >= period ? (closes[index - period] ?? 0) : 0);
    return index + 1 < period ? null : sum / period;
  });
}
