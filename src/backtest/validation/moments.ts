/** Mean, spread and shape of a sample. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Sample standard deviation, divisor n - 1; 0 with fewer than two values. */
  readonly deviation: number;
  /** Third standardised moment, divisors n; 0 when nothing varies. */
  readonly skew: number;
  /** Fourth standardised moment, divisors n, not less 3: a normal sample has 3; 3 when nothing varies. */
  readonly kurtosis: number;
}

export function momentsOf(values: ArrayLike<number>): Moments {
  const count = values.length;
  if (count === 0) return { count, mean: 0, deviation: 0, skew: 0, kurtosis: 3 };
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += values[index] ?? 0;
  const mean = sum / count;
  let [second, third, fourth] = [0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    const away = (values[index] ?? 0) - mean;
    const square = away * away;
    second += square;
    third += square * away;
    fourth += square * square;
  }
  const deviation = count < 2 ? 0 : Math.sqrt(second / (count - 1));
  const variance = second / count;
  // What rounding leaves of equal values is no variation.
  if (variance <= (Math.abs(mean) * 1e-12) ** 2) return { count, mean, deviation: 0, skew: 0, kurtosis: 3 };
  return { count, mean, deviation, skew: third / count / variance ** 1.5, kurtosis: fourth / count / variance ** 2 };
}
