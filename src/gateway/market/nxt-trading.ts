import type { InstrumentId } from '#domain/instrument.ts';

export interface NxtTradingOptions {
  /** Whether NXT trades the instrument; null when the broker does not say. */
  readonly read: (instrument: InstrumentId) => Promise<boolean | null>;
  /** Trading day in Seoul, yyyymmdd. */
  readonly today: () => number;
  readonly onFault: (error: unknown) => void;
}

/**
 * Whether NXT trades an instrument today: asked in the background when somebody wants to know, and kept for the day. Not
 * known until then, which means no. A day asks at most once for each instrument, unless the broker could not say.
 */
export class NxtTrading {
  readonly #options: NxtTradingOptions;
  readonly #known = new Map<InstrumentId, { readonly date: number; readonly isTraded: boolean | null }>();
  readonly #reading = new Set<InstrumentId>();

  constructor(options: NxtTradingOptions) {
    this.#options = options;
  }

  /** Null when it is not known; then the question is on its way. */
  isTraded(instrument: InstrumentId): boolean | null {
    const known = this.#known.get(instrument);
    if (known?.date === this.#options.today()) return known.isTraded;
    if (!this.#reading.has(instrument)) void this.#read(instrument);
    return null;
  }

  async #read(instrument: InstrumentId): Promise<void> {
    const { read, today, onFault } = this.#options;
    const date = today();
    this.#reading.add(instrument);
    try {
      this.#known.set(instrument, { date, isTraded: await read(instrument) });
    } catch (error) {
      onFault(error);
    } finally {
      this.#reading.delete(instrument);
    }
  }
}
