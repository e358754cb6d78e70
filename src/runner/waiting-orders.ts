import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';
import { sessionAt } from '#markets/sessions.ts';
import { isWatched } from '#strategy/order-terms.ts';
import type { OrderDraft, OrderUpdate } from '#strategy/strategy.ts';
import { TriggerBook, type Wake } from '#strategy/triggers/trigger-book.ts';
import type { MarketClock } from './market-clock.ts';
import type { MarketMemory } from './market-memory.ts';
import type { StrategyBook } from './strategy-book.ts';

/** A market order's limit lies so far through the last price, or at the guard's collar where that is closer. */
const marketDistanceBps = 200;

export interface WaitingOptions {
  readonly book: StrategyBook;
  readonly market: MarketMemory;
  readonly clock: MarketClock;
  readonly limitPrice: (draft: OrderDraft, lastPrice: Won, distanceBps: number) => Won;
  readonly send: (requestId: string, draft: OrderDraft) => void;
  readonly cancel: (requestId: string) => void;
}

/**
 * Between a strategy and the gateway, which is handed plain limit orders only: prices market orders, and keeps what waits
 * for a price, an opening or a closing auction, in the book that backtests use too. What wakes is sent once, under the
 * request id that the strategy knows, and passes the guard like any other.
 *
 * It lives as long as the strategy's host: what waits is gone after a restart of the runner, and no broker knows of it.
 */
export class WaitingOrders {
  readonly #options: WaitingOptions;
  readonly #triggers: TriggerBook;
  #date = 0;
  /** The day whose closing auction has been told, yyyymmdd. */
  #closedOn = 0;

  constructor(options: WaitingOptions) {
    this.#options = options;
    this.#triggers = new TriggerBook((instrument) => options.book.position(instrument)?.quantity ?? 0);
  }

  /** Sends the order, or keeps it until its moment. */
  submit(requestId: string, draft: OrderDraft): void {
    if (!isWatched(draft)) {
      this.#triggers.sent(requestId, draft);
      this.#send(requestId, draft, this.#lastPrice(draft.instrument) ?? draft.price);
      return;
    }
    this.#startSession();
    const isLive = draft.pricing !== 'market-on-open';
    if (this.#triggers.add(requestId, draft, this.#lastPrice(draft.instrument), isLive)) return;
    throw new RangeError(`Cannot keep an order for ${draft.instrument}: too many wait already. Cancel some first.`);
  }

  /** The order of that id if it waited here and is withdrawn now; null when it did not. */
  cancel(requestId: string): OrderDraft | null {
    return this.#triggers.cancel(requestId);
  }

  /** True when nothing waits, exits of positions included. */
  get isEmpty(): boolean {
    return this.#triggers.watched.length === 0;
  }

  hasWaiting(instrument: InstrumentId): boolean {
    return this.#triggers.hasWaiting(instrument);
  }

  /** A trade of the market. */
  tick(instrument: InstrumentId, price: number, atMs: number): void {
    if (this.#triggers.isEmpty) return;
    this.#startSession();
    this.#wake(this.#triggers.wakeAtOpen(instrument), price);
    this.#wake(this.#triggers.wakeAtPrice(instrument, price, atMs), price);
  }

  /** Called several times a second: the closing auction has no trades until its print. */
  look(instruments: readonly InstrumentId[]): void {
    if (this.#triggers.isEmpty || this.#closedOn === this.#today()) return;
    if (sessionAt(this.#options.clock.now()).kind !== 'closing-auction') return;
    this.#startSession();
    this.#closedOn = this.#date;
    for (const instrument of instruments) {
      this.#wake(this.#triggers.wakeAtClose(instrument), this.#lastPrice(instrument));
    }
  }

  /** News of an order that went out. */
  follow(update: OrderUpdate): void {
    if (!this.#triggers.isEmpty) this.#triggers.follow(update);
  }

  #startSession(): void {
    const today = this.#today();
    if (today === this.#date) return;
    if (this.#date !== 0) this.#triggers.endSession();
    this.#date = today;
    this.#triggers.startSession(today);
  }

  #wake(wakes: readonly Wake[], price: number | null): void {
    for (const { requestId, draft, withdraw } of wakes) {
      if (withdraw !== null) this.#options.cancel(withdraw);
      this.#send(requestId, draft, price === null ? draft.price : won(price));
    }
  }

  #send(requestId: string, draft: OrderDraft, lastPrice: Won): void {
    const { book, limitPrice, send } = this.#options;
    const isPriced = draft.pricing === undefined || draft.pricing === 'limit';
    const price = isPriced ? draft.price : limitPrice(draft, lastPrice, marketDistanceBps);
    const priced = { ...draft, price };
    book.sent(requestId, priced, this.#today());
    send(requestId, priced);
  }

  #lastPrice(instrument: InstrumentId): Won | null {
    const price = this.#options.market.quote(symbolOf(instrument))?.price;
    return price === undefined ? null : won(price);
  }

  #today(): number {
    return dateNumber(seoulDate(this.#options.clock.now()));
  }
}
