import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { won, type Won } from '#domain/won.ts';

/** Days that are over of which the average is made; fewer give none. */
export const tradedDays = 20;
/** Real milliseconds between two reads in the background, so that orders always find room in the rate budget. */
const readEveryMs = 2_500;

export interface TradedValuesOptions {
  /** Daily bars, oldest first. */
  readonly dailyBars: (instrument: InstrumentId, count: number) => Promise<readonly Bar[]>;
  /** Trading day in Seoul, yyyymmdd. */
  readonly today: () => number;
  /** Instruments whose values will be needed soon; at most as many as there are listings. */
  readonly wanted: () => readonly InstrumentId[];
  readonly onFault: (error: unknown) => void;
}

/**
 * Won that an instrument trades a day, for the guard: close × volume on average over 20 days that are over. Read once a day
 * and instrument, one each 2.5 s ahead of need, and at the latest when an order asks. Unknown until then, which means no.
 */
export class TradedValues {
  readonly #options: TradedValuesOptions;
  readonly #known = new Map<InstrumentId, { readonly date: number; readonly average: Won | null }>();
  readonly #reading = new Map<InstrumentId, Promise<void>>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: TradedValuesOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.#readOne(), readEveryMs);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** Null when it was not read today, or the instrument has traded for less than 20 days. */
  average(instrument: InstrumentId): Won | null {
    const known = this.#known.get(instrument);
    return known?.date === this.#options.today() ? known.average : null;
  }

  /** Reads it unless it is known. @throws RetryLater when the broker cannot say */
  async ensure(instrument: InstrumentId): Promise<void> {
    if (this.#known.get(instrument)?.date === this.#options.today()) return;
    const reading = this.#reading.get(instrument) ?? this.#read(instrument);
    this.#reading.set(instrument, reading);
    await reading.finally(() => this.#reading.delete(instrument));
  }

  async #read(instrument: InstrumentId): Promise<void> {
    const date = this.#options.today();
    // One more than needed: the newest may be today's, which is not over.
    const bars = await this.#options.dailyBars(instrument, tradedDays + 1);
    this.#known.set(instrument, { date, average: averageTraded(bars, date) });
  }

  #readOne(): void {
    if (this.#reading.size > 0) return;
    const today = this.#options.today();
    const next = this.#options.wanted().find((instrument) => this.#known.get(instrument)?.date !== today);
    // The next turn tries again; until then the guard denies what needs the value.
    if (next !== undefined) this.ensure(next).catch(this.#options.onFault);
  }
}

/** Won a day over the last 20 bars before `today`, rounded down; null when there are fewer or a sum is too large. */
export function averageTraded(bars: readonly Bar[], today: number): Won | null {
  const days = bars.filter((bar) => bar.date < today).slice(-tradedDays);
  if (days.length < tradedDays) return null;
  let sum = 0;
  for (const { close, volume } of days) sum += close * volume;
  return Number.isSafeInteger(sum) ? won(Math.floor(sum / tradedDays)) : null;
}
