import { checkLength, checkPeriod } from './period.ts';

/** An average loss this small counts as none; a long flat stretch decays towards zero without reaching it. */
const noLoss = 5e-11;

/**
 * Wilder's relative strength index: `100 × gain / (gain + loss)` of the smoothed rises and falls.
 *
 * The first averages are the means of the first `period` changes; then `(average × (period - 1) + change) / period`.
 *
 * @param closes oldest first, one per bar, in any one price unit
 * @param period bars, 2 or more; 14 in Wilder's book
 * @param output same length as `closes`; the first `period` values become NaN; then 0 to 100; 100 when nothing fell,
 *   flat prices included; may not be `closes` itself
 * @throws {RangeError} a bad period, or columns of different lengths
 * @see Wilder, New Concepts in Technical Trading Systems (1978), smoothing with 1/period
 */
export function rsi(closes: Float64Array, period: number, output: Float64Array): void {
  checkPeriod('the relative strength index', period, 2);
  checkLength('the relative strength index', closes, output);
  output.fill(NaN, 0, Math.min(period, closes.length));
  if (closes.length <= period) return;
  let [gain, loss] = [0, 0];
  for (let index = 1; index <= period; index += 1) {
    const change = (closes[index] ?? NaN) - (closes[index - 1] ?? NaN);
    gain += Math.max(change, 0);
    loss += Math.max(-change, 0);
  }
  gain /= period;
  loss /= period;
  output[period] = strength(gain, loss);
  smooth(closes, period, output, { gain, loss });
}

/** From the bar after the first averages on. */
function smooth(
  closes: Float64Array,
  period: number,
  output: Float64Array,
  first: { readonly gain: number; readonly loss: number },
): void {
  let { gain, loss } = first;
  let previous = closes[period] ?? NaN;
  for (let index = period + 1; index < closes.length; index += 1) {
    const close = closes[index] ?? NaN;
    const change = close - previous;
    previous = close;
    // |change| ± change is twice the rise or the fall, or exactly 0; halving is exact, and nothing branches.
    const size = Math.abs(change);
    gain = (gain * (period - 1) + (size + change) * 0.5) / period;
    loss = (loss * (period - 1) + (size - change) * 0.5) / period;
    output[index] = strength(gain, loss);
  }
}

function strength(gain: number, loss: number): number {
  return loss < noLoss ? 100 : (100 * gain) / (gain + loss);
}

/** The streaming twin of `rsi`: the same operations in the same order, so the same bits. */
export class StreamingRsi {
  readonly #period: number;
  /** Changes seen so far. */
  #count = 0;
  #previous: number | null = null;
  #gain = 0;
  #loss = 0;

  /** @throws {RangeError} a bad period */
  constructor(period: number) {
    checkPeriod('the relative strength index', period, 2);
    this.#period = period;
  }

  /** @returns the index including `close`; NaN for the first `period` closes */
  next(close: number): number {
    const previous = this.#previous;
    this.#previous = close;
    if (previous === null) return NaN;
    this.#take(close - previous);
    return this.#count < this.#period ? NaN : strength(this.#gain, this.#loss);
  }

  #take(change: number): void {
    const period = this.#period;
    const rise = Math.max(change, 0);
    const fall = Math.max(-change, 0);
    if (this.#count >= period) {
      this.#gain = (this.#gain * (period - 1) + rise) / period;
      this.#loss = (this.#loss * (period - 1) + fall) / period;
      return;
    }
    this.#count += 1;
    this.#gain += rise;
    this.#loss += fall;
    if (this.#count < period) return;
    this.#gain /= period;
    this.#loss /= period;
  }
}
