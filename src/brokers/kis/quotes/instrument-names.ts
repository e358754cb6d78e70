import { symbolOf, type InstrumentId } from '#domain/instrument.ts';

const namesMax = 5_000;

/**
 * Names of instruments as they pass by: the price answer of KIS carries none, the chart answers do. A call more for
 * every price would cost a whole second on paper.
 */
export class InstrumentNames {
  readonly #names = new Map<InstrumentId, string>();

  /** Keeps `name` unless it is empty; at most 5,000 are kept. */
  learn(instrument: InstrumentId, name: string): void {
    if (name !== '' && (this.#names.size < namesMax || this.#names.has(instrument))) this.#names.set(instrument, name);
  }

  /** The name, or the six-character code while none is known. */
  nameOf(instrument: InstrumentId): string {
    return this.#names.get(instrument) ?? symbolOf(instrument);
  }
}
