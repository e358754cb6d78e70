import { Window } from './window.ts';

/**
 * Change over `period` values in percent: `100 × (value / value[period] - 1)`; NaN until there is one that old, and where it
 * is 0, from which nothing can rise by so many percent.
 */
export class RateOfChange {
  readonly #window: Window;
  readonly #period: number;

  constructor(period: number) {
    this.#window = new Window(period + 1);
    this.#period = period;
  }

  next(value: number): number {
    this.#window.push(value);
    const before = this.#window.at(this.#period);
    return before === 0 ? NaN : 100 * (value / before - 1);
  }
}
