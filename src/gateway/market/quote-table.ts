import type { Clock } from '#domain/clock.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import type { OrderBook, PriceSnapshot, Tick } from '#domain/market-data.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import type { Won } from '#domain/won.ts';
import type { OrderBookView, QuoteView } from '#link/views.ts';

interface Quote {
  readonly date: number;
  readonly basePrice: Won;
  readonly upperLimit: Won;
  readonly lowerLimit: Won;
  readonly price: Won;
  readonly open: Won;
  readonly high: Won;
  readonly low: Won;
  readonly volumeOfDay: number;
  readonly at: Temporal.Instant;
}

/**
 * The last trade of every instrument, with the day's base price beside it. Trades come from the stream; the base price
 * and the limits come from one REST snapshot a day, because the trade frames name a change and not the base, and a base
 * derived from a sign and a difference is one more thing to be wrong about.
 */
export class QuoteTable {
  readonly #clock: Clock;
  readonly #quotes = new Map<InstrumentId, Quote>();
  readonly #trades = new Map<InstrumentId, { readonly price: Won; readonly at: Temporal.Instant }>();
  readonly #books = new Map<InstrumentId, OrderBook>();
  #changedQuotes = new Set<InstrumentId>();
  #changedBooks = new Set<InstrumentId>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  onTick(tick: Tick): void {
    const { instrument, price, at, volumeOfDay } = tick;
    const last = this.#trades.get(instrument);
    if (last !== undefined && Temporal.Instant.compare(at, last.at) < 0) return;
    this.#trades.set(instrument, { price, at });
    const quote = this.#quoteOfToday(instrument);
    if (quote === null) return;
    const high = price > quote.high ? price : quote.high;
    // Before the first trade of a day a snapshot has zeros for open, high and low.
    const low = price < quote.low || quote.low === 0 ? price : quote.low;
    const open = quote.open === 0 ? price : quote.open;
    this.#quotes.set(instrument, { ...quote, price, at, volumeOfDay, open, high, low });
    this.#changedQuotes.add(instrument);
  }

  onOrderBook(book: OrderBook): void {
    this.#books.set(book.instrument, book);
    this.#changedBooks.add(book.instrument);
  }

  onSnapshot(snapshot: PriceSnapshot): void {
    const { instrument, name: _name, ...rest } = snapshot;
    const date = dateNumber(seoulDate(snapshot.at));
    const last = this.#trades.get(instrument);
    const isNewer = last !== undefined && Temporal.Instant.compare(last.at, snapshot.at) > 0;
    this.#quotes.set(instrument, { ...rest, date, ...(isNewer ? { price: last.price, at: last.at } : {}) });
    if (!isNewer) this.#trades.set(instrument, { price: snapshot.price, at: snapshot.at });
    this.#changedQuotes.add(instrument);
  }

  lastTrade(instrument: InstrumentId): { readonly price: Won; readonly at: Temporal.Instant } | null {
    return this.#trades.get(instrument) ?? null;
  }

  /** Null until today's snapshot is there. */
  basePrice(instrument: InstrumentId): Won | null {
    return this.#quoteOfToday(instrument)?.basePrice ?? null;
  }

  /** Nobody keeps the book of `instrument` up to date any more. */
  dropBook(instrument: InstrumentId): void {
    this.#books.delete(instrument);
    this.#changedBooks.delete(instrument);
  }

  book(instrument: InstrumentId): OrderBook | null {
    return this.#books.get(instrument) ?? null;
  }

  view(instrument: InstrumentId): QuoteView | null {
    const quote = this.#quotes.get(instrument);
    if (quote === undefined) return null;
    const { date: _date, at, ...numbers } = quote;
    return { symbol: symbolOf(instrument), ...numbers, at: at.toString() };
  }

  views(): readonly QuoteView[] {
    return [...this.#quotes.keys()].flatMap((instrument) => this.view(instrument) ?? []);
  }

  /** What changed since the last call, once each. */
  takeChanges(): { readonly quotes: readonly QuoteView[]; readonly books: readonly OrderBookView[] } {
    const quotes = [...this.#changedQuotes].flatMap((instrument) => this.view(instrument) ?? []);
    const books = [...this.#changedBooks].flatMap((instrument) => {
      const book = this.#books.get(instrument);
      return book === undefined ? [] : [bookView(book)];
    });
    this.#changedQuotes = new Set();
    this.#changedBooks = new Set();
    return { quotes, books };
  }

  #quoteOfToday(instrument: InstrumentId): Quote | null {
    const quote = this.#quotes.get(instrument);
    if (quote === undefined) return null;
    return quote.date === dateNumber(seoulDate(this.#clock.now())) ? quote : null;
  }
}

export function bookView({ instrument, at, asks, bids }: OrderBook): OrderBookView {
  return { symbol: symbolOf(instrument), at: at.toString(), asks: [...asks], bids: [...bids] };
}
