import { StreamingEma } from '../kernels/ema.ts';
import { Window } from './window.ts';

/** A running average: NaN until it has seen as many values as it averages. */
export interface Average {
  next(value: number): number;
}

/** Averages in a row, each fed by the one before as soon as that one is ready. */
export function chain(...averages: readonly Average[]): Average {
  return {
    next(value) {
      let now = value;
      for (const average of averages) {
        if (Number.isNaN(now)) return NaN;
        now = average.next(now);
      }
      return now;
    },
  };
}

/** `count` exponential averages of one period, each on the one before; the answers of all, the first first. */
export function emaLadder(period: number, count: number): { next(value: number): readonly number[] } {
  const averages = Array.from({ length: count }, () => new StreamingEma(period));
  return {
    next(value) {
      let now = value;
      return averages.map((average) => {
        now = Number.isNaN(now) ? NaN : average.next(now);
        return now;
      });
    },
  };
}

/** Linearly weighted: the newest of `period` values weighs `period`, the oldest 1. */
export class LinearAverage implements Average {
  readonly #window: Window;
  readonly #period: number;

  constructor(period: number) {
    this.#window = new Window(period);
    this.#period = period;
  }

  next(value: number): number {
    this.#window.push(value);
    if (!this.#window.isFull) return NaN;
    const weights = (this.#period * (this.#period + 1)) / 2;
    return this.#window.sum((each, ago) => each * (this.#period - ago)) / weights;
  }
}

/**
 * Wilder's average: the first is the mean of `period` values, then `(average × (period - 1) + value) / period`.
 *
 * @see Wilder, New Concepts in Technical Trading Systems (1978)
 */
export class WilderAverage implements Average {
  readonly #period: number;
  #count = 0;
  #sum = 0;
  #average = NaN;

  constructor(period: number) {
    this.#period = period;
  }

  next(value: number): number {
    if (this.#count >= this.#period) {
      this.#average = (this.#average * (this.#period - 1) + value) / this.#period;
      return this.#average;
    }
    this.#count += 1;
    this.#sum += value;
    if (this.#count === this.#period) this.#average = this.#sum / this.#period;
    return this.#average;
  }
}
