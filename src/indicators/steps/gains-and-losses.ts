import { WilderAverage } from './average.ts';
import { within } from './within.ts';

/** Rises and falls of closes, each in Wilder's average; NaN until `period` changes were seen. */
export class GainsAndLosses {
  gain = NaN;
  loss = NaN;
  readonly #gains: WilderAverage;
  readonly #losses: WilderAverage;
  #previous = NaN;

  constructor(period: number) {
    this.#gains = new WilderAverage(period);
    this.#losses = new WilderAverage(period);
  }

  next(close: number): void {
    const change = close - this.#previous;
    this.#previous = close;
    if (Number.isNaN(change)) return;
    this.gain = this.#gains.next(Math.max(change, 0));
    this.loss = this.#losses.next(Math.max(-change, 0));
  }

  /** Chande's momentum, -100 to 100; 0 where nothing moved. */
  get momentum(): number {
    const both = this.gain + this.loss;
    return both === 0 ? 0 : within(-100, 100, (100 * (this.gain - this.loss)) / both);
  }
}
