import type { Clock } from '#domain/clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderBook, PriceSnapshot } from '#domain/market-data.ts';
import { AgedAnswer } from '#wire/aged.ts';

import type { Balance, LastKnown } from '../../broker.ts';
import { balanceKeptMs, quoteKeptMs } from '../limits.ts';

export interface LastKnownReads {
  balance(): Promise<Balance>;
  price(instrument: InstrumentId): Promise<PriceSnapshot>;
  orderBook(instrument: InstrumentId): Promise<OrderBook>;
}

/** Instruments whose last answers are kept; the one asked for longest ago makes room. */
const instrumentsMax = 500;

/** What the broker answered last, with its age. Every fresh balance goes through here, so that the kept one is the newest. */
export class KisLastKnown implements LastKnown {
  readonly #reads: LastKnownReads;
  readonly #clock: Clock;
  readonly #balance: AgedAnswer<Balance>;
  readonly #prices = new Map<InstrumentId, AgedAnswer<PriceSnapshot>>();
  readonly #books = new Map<InstrumentId, AgedAnswer<OrderBook>>();

  constructor(reads: LastKnownReads, clock: Clock) {
    this.#reads = reads;
    this.#clock = clock;
    this.#balance = new AgedAnswer({
      read: () => reads.balance(),
      keptMs: balanceKeptMs,
      elapsedMs: () => clock.elapsedMs(),
    });
  }

  balance() {
    return this.#balance.get();
  }

  /** Asked for now, whatever is kept: for the books, which compare themselves with it. */
  freshBalance(): Promise<Balance> {
    return this.#balance.fresh();
  }

  /** An order of ours was answered or filled: the balance is another one. */
  accountChanged(): void {
    this.#balance.invalidate();
  }

  price(instrument: InstrumentId) {
    return this.#of(this.#prices, instrument, () => this.#reads.price(instrument)).get();
  }

  orderBook(instrument: InstrumentId) {
    return this.#of(this.#books, instrument, () => this.#reads.orderBook(instrument)).get();
  }

  #of<Value>(
    kept: Map<InstrumentId, AgedAnswer<Value>>,
    instrument: InstrumentId,
    read: () => Promise<Value>,
  ): AgedAnswer<Value> {
    const elapsedMs = (): number => this.#clock.elapsedMs();
    const answer = kept.get(instrument) ?? new AgedAnswer({ read, keptMs: quoteKeptMs, elapsedMs });
    kept.delete(instrument);
    kept.set(instrument, answer);
    const [oldest] = kept.keys();
    if (kept.size > instrumentsMax && oldest !== undefined) kept.delete(oldest);
    return answer;
  }
}
