import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';

interface Fed {
  readonly count: number;
  /** Start of the last one. */
  readonly lastMs: number;
}

const nothing: Fed = { count: 0, lastMs: -Infinity };

/** Which bars a strategy was shown: none twice, and enough of them before it acts. */
export class FedBars {
  /** Bars of history that it asks for before it decides; 0 until it has said so. */
  warmUpBars = 0;
  readonly #fed = new Map<InstrumentId, Fed>();

  /** Counts the bar, or says no to one that was shown: history and the bars made of trades overlap by a minute. */
  take(instrument: InstrumentId, bar: Bar): boolean {
    const { count, lastMs } = this.#fed.get(instrument) ?? nothing;
    if (bar.startsAtMs <= lastMs) return false;
    this.#fed.set(instrument, { count: count + 1, lastMs: bar.startsAtMs });
    return true;
  }

  /** Whether it knows too little of this instrument to act upon it. */
  isCold(instrument: InstrumentId): boolean {
    return (this.#fed.get(instrument) ?? nothing).count < this.warmUpBars;
  }

  /** Whether it knows enough of any instrument. */
  get isWarm(): boolean {
    return [...this.#fed.values()].some(({ count }) => count >= this.warmUpBars);
  }
}
