import { checkLength, checkPeriod } from './period.ts';
import { StreamingSma } from './sma.ts';
import { trueRange } from './true-range.ts';

/** Columns of equal length, oldest first. */
export interface RangeColumns {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/**
 * Average true range: the simple mean of the last `period` true ranges, the form that Korean chart tools and Lean's
 * default show. (Wilder's own smoothing is what `natr` uses in the same tools; it is not this function.)
 *
 * True ranges of whole-won prices are integers, so the running sum is exact, as for `sma`.
 *
 * @param period 1 or more; 14 in Wilder's book
 * @param output same length as the columns; the first `period - 1` values become NaN; none of the inputs itself
 * @throws {RangeError} a bad period, or columns of different lengths
 */
export function averageTrueRange(bars: RangeColumns, period: number, output: Float64Array): void {
  checkPeriod('the average true range', period, 1);
  for (const column of [bars.high, bars.low, bars.close]) checkLength('the average true range', column, output);
  const { high, low, close } = bars;
  // The ranges of the window are kept: reading them once is faster than working each out again when it leaves.
  const ranges = new Float64Array(period);
  let [sum, slot, previousClose] = [0, 0, NaN];
  for (let index = 0; index < output.length; index += 1) {
    const range = trueRange(high[index] ?? NaN, low[index] ?? NaN, previousClose);
    previousClose = close[index] ?? NaN;
    // Not yet full, the window holds zeros, which change no sum.
    sum = sum + range - (ranges[slot] ?? NaN);
    ranges[slot] = range;
    slot = slot === period - 1 ? 0 : slot + 1;
    output[index] = sum / period;
  }
  output.fill(NaN, 0, Math.min(period - 1, output.length));
}

/** The streaming twin of `averageTrueRange`: the same operations in the same order, so the same bits. */
export class StreamingAverageTrueRange {
  readonly #average: StreamingSma;
  #previousClose = NaN;

  /** @throws {RangeError} a bad period */
  constructor(period: number) {
    checkPeriod('the average true range', period, 1);
    this.#average = new StreamingSma(period);
  }

  /** @returns the average including this bar; NaN for the first `period - 1` bars */
  next(bar: { readonly high: number; readonly low: number; readonly close: number }): number {
    const range = trueRange(bar.high, bar.low, this.#previousClose);
    this.#previousClose = bar.close;
    return this.#average.next(range);
  }
}
