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

/** Last prices of the instruments whose trades a book is shown: what a later day's prices are measured by. */
export class LastPrices {
  readonly #prices = new Map<InstrumentId, LastPrice>();
  /** Of earlier days, whose next day has begun and its base price is not known yet. */
  readonly #unproven = new Map<InstrumentId, LastPrice>();

  constructor(saved: readonly LastPrice[] = []) {
    for (const last of saved) this.see(last);
  }

  get all(): readonly LastPrice[] {
    return [...this.#prices.values()];
  }

  of(instrument: InstrumentId): LastPrice | null {
    return this.#prices.get(instrument) ?? null;
  }

  /** The last one when it is of a day before `date`, yyyymmdd. */
  before(instrument: InstrumentId, date: number): LastPrice | null {
    const last = this.of(instrument);
    return last !== null && last.date < date ? last : null;
  }

  /**
   * By what a price of `date` (yyyymmdd) is measured, each asked once: the first of a day by the last of the day before, and
   * so is once more the first after the day's base price became known. Null for every other price.
   */
  yardstick(instrument: InstrumentId, date: number, isBaseKnown: boolean): LastPrice | null {
    const last = this.before(instrument, date);
    if (last === null && !isBaseKnown) return null;
    const before = last ?? this.#unproven.get(instrument) ?? null;
    this.#unproven.delete(instrument);
    if (!isBaseKnown && before !== null) this.#unproven.set(instrument, before);
    return before;
  }

  /** Nothing of an earlier day is left to be measured by. */
  settle(instrument: InstrumentId): void {
    this.#unproven.delete(instrument);
  }

  /** A price of nothing is none. */
  see(last: LastPrice): void {
    if (last.price > 0) this.#prices.set(last.instrument, last);
  }

  forget(instrument: InstrumentId): void {
    this.#prices.delete(instrument);
    this.#unproven.delete(instrument);
  }
}
