import type { Average } from './average.ts';
import { RollingSum } from './rolling-sum.ts';

/** The mean of the last `period` values, which may be fractions of any size; NaN until there are as many. */
export class RollingMean implements Average {
  readonly #sum: RollingSum;
  readonly #period: number;

  constructor(period: number) {
    this.#sum = new RollingSum(period);
    this.#period = period;
  }

  next(value: number): number {
    const sum = this.#sum.next(value);
    return this.#sum.isFull ? sum / this.#period : NaN;
  }
}
