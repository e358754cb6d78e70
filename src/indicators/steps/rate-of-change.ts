import { Window } from './window.ts';

/** Change over `period` values in percent: `100 × (value / value[period] - 1)`; NaN until there is one that old. */
export class RateOfChange {
  readonly #window: Window;
  readonly #period: number;

  constructor(period: number) {
    this.#window = new Window(period + 1);
    this.#period = period;
  }

  next(value: number): number {
    this.#window.push(value);
    return 100 * (value / this.#window.at(this.#period) - 1);
  }
}
