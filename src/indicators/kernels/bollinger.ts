import { checkLength, checkPeriod } from './period.ts';

/** The three columns that `bollinger` writes, each as long as its input. */
export interface BollingerBands {
  readonly upper: Float64Array;
  readonly middle: Float64Array;
  readonly lower: Float64Array;
}

/**
 * Bollinger bands: the simple moving average, and `deviations` population standard deviations above and below it.
 *
 * Sums and sums of squares run. Over whole-won prices both are integers, and while `period × price` stays below
 * 94,000,000 (a price of 4,700,000 won at period 20) every step up to the square root is exact: the column, the stream
 * and a fresh computation of the window agree to the last bit, and a flat window has a deviation of exactly 0.
 *
 * @param values oldest first
 * @param period 1 or more; 20 in Bollinger's book
 * @param deviations usually 2
 * @param output the first `period - 1` values of each column become NaN; none may be `values` itself
 * @throws {RangeError} a bad period, or columns of different lengths
 * @see Bollinger, Bollinger on Bollinger Bands (2001): divisor n, not n - 1
 */
export function bollinger(values: Float64Array, period: number, deviations: number, output: BollingerBands): void {
  checkPeriod('Bollinger bands', period, 1);
  for (const column of [output.upper, output.middle, output.lower]) checkLength('Bollinger bands', values, column);
  let sum = 0;
  let squares = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? NaN;
    sum += value;
    squares += value * value;
    if (index >= period) {
      const gone = values[index - period] ?? NaN;
      sum -= gone;
      squares -= gone * gone;
    }
    const isReady = index >= period - 1;
    const middle = isReady ? sum / period : NaN;
    const width = isReady ? deviations * deviationOf(sum, squares, period) : NaN;
    output.upper[index] = middle + width;
    output.middle[index] = middle;
    output.lower[index] = middle - width;
  }
}

/** √(n·Σx² − (Σx)²) / n: one subtraction of two integers, which cannot go wrong as Σ(x − mean)² can. */
function deviationOf(sum: number, squares: number, count: number): number {
  return Math.sqrt(Math.max(count * squares - sum * sum, 0)) / count;
}

/** The streaming twin of `bollinger`: `next` answers the middle; `upper` and `lower` belong to the latest value. */
export class StreamingBollinger {
  readonly #window: Float64Array;
  readonly #deviations: number;
  #count = 0;
  #sum = 0;
  #squares = 0;
  #middle = NaN;
  #width = NaN;

  /** @throws {RangeError} a bad period */
  constructor(period: number, deviations: number) {
    checkPeriod('Bollinger bands', period, 1);
    this.#window = new Float64Array(period);
    this.#deviations = deviations;
  }

  get upper(): number {
    return this.#middle + this.#width;
  }

  get lower(): number {
    return this.#middle - this.#width;
  }

  /** @returns the middle band including `value`; NaN until the window is full */
  next(value: number): number {
    const period = this.#window.length;
    const slot = this.#count % period;
    this.#sum += value;
    this.#squares += value * value;
    if (this.#count >= period) {
      const gone = this.#window[slot] ?? NaN;
      this.#sum -= gone;
      this.#squares -= gone * gone;
    }
    this.#window[slot] = value;
    this.#count += 1;
    if (this.#count < period) return NaN;
    this.#middle = this.#sum / period;
    this.#width = this.#deviations * deviationOf(this.#sum, this.#squares, period);
    return this.#middle;
  }
}
