import type { InstrumentId } from '#domain/instrument.ts';

/** The last price that is known of an instrument, and of which day. */
export interface LastPrice {
  readonly instrument: InstrumentId;
  /** Won. */
  readonly price: number;
  /** Market day on which it was seen, yyyymmdd; the price itself may be older. */
  readonly date: number;
  /** Stamp of the trade, epoch milliseconds; null for a price that was told and may be of any time before. */
  readonly atMs: number | null;
}

/** Last prices of the instruments of which something waits: what a later day's prices are measured by. */
export class LastPrices {
  readonly #prices = new Map<InstrumentId, LastPrice>();

  constructor(saved: readonly LastPrice[] = []) {
    for (const last of saved) this.see(last);
  }

  get all(): readonly LastPrice[] {
    return [...this.#prices.values()];
  }

  of(instrument: InstrumentId): LastPrice | null {
    return this.#prices.get(instrument) ?? null;
  }

  see(last: LastPrice): void {
    this.#prices.set(last.instrument, last);
  }

  /** Forgets those of which nothing waits any more. */
  keep(isWanted: (instrument: InstrumentId) => boolean): void {
    for (const instrument of this.#prices.keys()) if (!isWanted(instrument)) this.#prices.delete(instrument);
  }
}
