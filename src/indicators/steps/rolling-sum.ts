import { Window } from './window.ts';

/** Sum of the last `period` values, of fewer until there are as many. */
export class RollingSum {
  readonly #window: Window;
  readonly #period: number;
  #sum = 0;

  constructor(period: number) {
    this.#window = new Window(period);
    this.#period = period;
  }

  get isFull(): boolean {
    return this.#window.isFull;
  }

  next(value: number): number {
    const gone = this.#window.isFull ? this.#window.at(this.#period - 1) : 0;
    this.#window.push(value);
    this.#sum += value - gone;
    return this.#sum;
  }
}
