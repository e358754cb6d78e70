import { Window } from './window.ts';

/**
 * Sum of the last `period` values, of fewer until there are as many. It runs, and what each addition rounds off is kept
 * beside it: exact for whole numbers, and of others as good as a fresh sum even after a value many orders greater has left
 * the window. Of zeros alone it is 0 and no rest.
 *
 * @see Knuth, The Art of Computer Programming, volume 2, §4.2.2, theorem B (the rest of an addition)
 */
export class RollingSum {
  readonly #window: Window;
  readonly #period: number;
  #sum = 0;
  #rest = 0;
  /** Values at hand that are not 0. */
  #terms = 0;

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
    this.#terms += Number(value !== 0) - Number(gone !== 0);
    this.#add(value);
    this.#add(-gone);
    if (this.#terms === 0) this.#restart(0);
    // A product may be beyond all numbers, and would spoil every later sum.
    else if (!Number.isFinite(this.#sum + this.#rest)) this.#restart(this.#window.sum());
    return this.#sum + this.#rest;
  }

  #add(value: number): void {
    const sum = this.#sum + value;
    const added = sum - this.#sum;
    this.#rest += this.#sum - (sum - added) + (value - added);
    this.#sum = sum;
  }

  #restart(sum: number): void {
    this.#sum = sum;
    this.#rest = 0;
  }
}
