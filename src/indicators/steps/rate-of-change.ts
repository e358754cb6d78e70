import type { IndicatorStep } from '../definition.ts';
import { ofClose } from './of-close.ts';
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

/** A step with one output: the change of the close over `period` bars in percent. */
export function changeOfClose(period: number): IndicatorStep {
  const rate = new RateOfChange(period);
  return ofClose((close) => rate.next(close));
}
