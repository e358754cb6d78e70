import type { IndicatorBar } from '../definition.ts';
import { trueRange } from '../kernels/true-range.ts';

/** True range of each bar; of the first, high less low. */
export class TrueRanges {
  #previousClose = NaN;

  next({ high, low, close }: Readonly<IndicatorBar>): number {
    const range = trueRange(high, low, this.#previousClose);
    this.#previousClose = close;
    return range;
  }
}
