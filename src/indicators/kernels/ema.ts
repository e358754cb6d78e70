import { checkLength, checkPeriod } from './period.ts';

/**
 * Exponential moving average: the first is the mean of the first `period` values, then
 * `previous + (value - previous) × 2 / (period + 1)`, in that order of operations.
 *
 * @param values oldest first
 * @param period 1 or more
 * @param output same length as `values`; the first `period - 1` values become NaN; may be `values` itself
 * @throws {RangeError} a bad period, or columns of different lengths
 * @see specs: seeded by the SMA of the first values, as in Lean and the charts of most brokers after a seed transient
 */
export function ema(values: Float64Array, period: number, output: Float64Array): void {
  checkPeriod('the exponential moving average', period, 1);
  checkLength('the exponential moving average', values, output);
  const weight = 2 / (period + 1);
  const seedEnd = Math.min(period, values.length);
  let sum = 0;
  for (let index = 0; index < seedEnd; index += 1) {
    sum += values[index] ?? NaN;
    output[index] = NaN;
  }
  if (values.length < period) return;
  let average = sum / period;
  output[period - 1] = average;
  for (let index = period; index < values.length; index += 1) {
    average += ((values[index] ?? NaN) - average) * weight;
    output[index] = average;
  }
}

/** The streaming twin of `ema`: the same operations in the same order, so the same bits. */
export class StreamingEma {
  readonly #period: number;
  readonly #weight: number;
  #count = 0;
  #sum = 0;
  #average = NaN;

  /** @throws {RangeError} a bad period */
  constructor(period: number) {
    checkPeriod('the exponential moving average', period, 1);
    this.#period = period;
    this.#weight = 2 / (period + 1);
  }

  /** @returns the average including `value`; NaN for the first `period - 1` values */
  next(value: number): number {
    if (this.#count >= this.#period) {
      this.#average += (value - this.#average) * this.#weight;
      return this.#average;
    }
    this.#sum += value;
    this.#count += 1;
    if (this.#count === this.#period) this.#average = this.#sum / this.#period;
    return this.#average;
  }
}
