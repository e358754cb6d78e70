import { checkLength, checkPeriod } from './period.ts';

/**
 * Simple moving average: the mean of the last `period` values.
 *
 * The sum runs. Over whole-won prices it is a sum of integers far below 2^53, so adding and subtracting are exact and the
 * column, the stream and a fresh sum of the window agree to the last bit. Fractions may drift by rounding; a value that
 * is not finite spoils every later average.
 *
 * @param values oldest first
 * @param period 1 or more
 * @param output same length as `values`; the first `period - 1` values become NaN; may not be `values` itself
 * @throws {RangeError} a bad period, or columns of different lengths
 */
export function sma(values: Float64Array, period: number, output: Float64Array): void {
  checkPeriod('the simple moving average', period, 1);
  checkLength('the simple moving average', values, output);
  const first = Math.min(period, values.length);
  let sum = 0;
  for (let index = 0; index < first; index += 1) {
    sum += values[index] ?? NaN;
    output[index] = NaN;
  }
  if (first === period) output[period - 1] = sum / period;
  // Added before it is taken away, as the stream does: with fractions the order shows.
  for (let index = period; index < values.length; index += 1) {
    sum = sum + (values[index] ?? NaN) - (values[index - period] ?? NaN);
    output[index] = sum / period;
  }
}

/** The streaming twin of `sma`: the same numbers, one at a time, in constant time and memory of one window. */
export class StreamingSma {
  readonly #window: Float64Array;
  #count = 0;
  #sum = 0;

  /** @throws {RangeError} a bad period */
  constructor(period: number) {
    checkPeriod('the simple moving average', period, 1);
    this.#window = new Float64Array(period);
  }

  /** @returns the average including `value`; NaN until the window is full */
  next(value: number): number {
    const period = this.#window.length;
    const slot = this.#count % period;
    this.#sum += value;
    if (this.#count >= period) this.#sum -= this.#window[slot] ?? NaN;
    this.#window[slot] = value;
    this.#count += 1;
    return this.#count < period ? NaN : this.#sum / period;
  }
}
