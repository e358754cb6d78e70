import type { Bar } from '#domain/bar.ts';
import type { Broker, BrokerStream, OrderNotice, StreamListener } from '#brokers/broker.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderBook, Tick } from '#domain/market-data.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { listings } from '#markets/listings.ts';
import type { BrokerMonitor } from './broker-monitor.ts';
import { MinuteBars } from './minute-bars.ts';
import { QuoteTable } from './quote-table.ts';
import type { GatewayClock } from './gateway-clock.ts';

export interface MarketFeedOptions {
  readonly broker: Broker;
  readonly clock: GatewayClock;
  readonly monitor: BrokerMonitor;
  readonly onTick: (tick: Tick) => void;
  readonly onNotice: (notice: OrderNotice) => void;
  /** The stream opened, closed or was not understood: something may have been missed. */
  readonly onGap: () => void;
  readonly onFault: (error: unknown) => void;
}

/** Real milliseconds between two background reads, so that orders always find room in the rate budget. */
const fillEveryMs = 2_500;
const retryStreamMs = 2_000;
/** How far ahead of our clock the market's stamps may be, in real time. */
const futureMaxMs = 5_000;
/** Minutes read from the broker at the first need; two calls at KIS. */
const minutesFromBroker = 60;

/**
 * Prices: the stream for trades and books, REST only at the first need of a day. A stream has room for few instruments
 * (KIS: 41 registrations, two each and one for notices), so those asked for last are watched; the list starts with the
 * first listings, and base prices of the others are read in the background, one every 2.5 s, never ahead of an order.
 */
export class MarketFeed {
  readonly quotes: QuoteTable;
  readonly minutes = new MinuteBars();
  readonly #options: MarketFeedOptions;
  readonly #reading = new Map<InstrumentId, Promise<void>>();
  readonly #minutesRead = new Map<InstrumentId, number>();
  readonly #daily = new Map<string, Promise<readonly Bar[]>>();
  #watched: InstrumentId[];
  #stream: BrokerStream | null = null;
  #timers: NodeJS.Timeout[] = [];
  #isStopped = false;

  constructor(options: MarketFeedOptions) {
    this.#options = options;
    this.quotes = new QuoteTable(options.clock);
    this.#watched = listings.slice(0, this.#room).map((listing) => listing.id);
  }

  get registrations(): { readonly used: number; readonly limit: number } {
    return { used: this.#watched.length * 2 + 1, limit: this.#options.broker.capabilities.registrationsMax };
  }

  /** Opens the stream, and keeps trying when that fails; nobody waits for it. */
  start(): void {
    this.#timers.push(setInterval(() => this.#fillOne(), fillEveryMs));
    void this.#openStream();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#stream?.close();
  }

  /** Puts `instrument` among the watched ones; the one asked for longest ago makes room. */
  want(instrument: InstrumentId): void {
    const isNew = !this.#watched.includes(instrument);
    this.#watched = [instrument, ...this.#watched.filter((watched) => watched !== instrument)].slice(0, this.#room);
    if (isNew) this.#stream?.watch(this.#watched);
  }

  /** Today's base price and a last trade, by REST unless they are known. @throws RetryLater when the broker cannot say */
  async ensure(instrument: InstrumentId): Promise<void> {
    if (this.quotes.basePrice(instrument) !== null) return;
    const reading = this.#reading.get(instrument) ?? this.#read(instrument);
    this.#reading.set(instrument, reading);
    await reading.finally(() => this.#reading.delete(instrument));
  }

  async orderBook(instrument: InstrumentId): Promise<OrderBook> {
    const known = this.quotes.book(instrument);
    if (known !== null) return known;
    const book = await this.#options.broker.orderBook(instrument);
    this.quotes.onOrderBook(book);
    return book;
  }

  async minuteBars(instrument: InstrumentId, count: number): Promise<readonly Bar[]> {
    const today = this.#today();
    if (this.#minutesRead.get(instrument) !== today) {
      this.minutes.merge(instrument, await this.#options.broker.minuteBars(instrument, minutesFromBroker));
      this.#minutesRead.set(instrument, today);
    }
    return this.minutes.last(instrument, count);
  }

  /** Oldest first, read once a day and count. */
  async dailyBars(instrument: InstrumentId, count: number): Promise<readonly Bar[]> {
    const to = seoulDate(this.#options.clock.now());
    const key = `${instrument}/${dateNumber(to)}/${count}`;
    // A trading day in 1.7 calendar days is fewer than any year of KRX had, holidays included.
    const from = to.subtract({ days: Math.ceil(count * 1.7) + 14 });
    if (this.#daily.size > 500) this.#daily.clear();
    const bars = this.#daily.get(key) ?? this.#options.broker.dailyBars(instrument, from, to);
    this.#daily.set(key, bars);
    try {
      return (await bars).slice(-count);
    } catch (error) {
      this.#daily.delete(key);
      throw error;
    }
  }

  get #room(): number {
    return Math.floor((this.#options.broker.capabilities.registrationsMax - 1) / 2);
  }

  #today(): number {
    return dateNumber(seoulDate(this.#options.clock.now()));
  }

  async #read(instrument: InstrumentId): Promise<void> {
    this.quotes.onSnapshot(await this.#options.broker.price(instrument));
  }

  #fillOne(): void {
    const missing = this.#watched.find((instrument) => this.quotes.basePrice(instrument) === null);
    if (missing === undefined || this.#reading.size > 0) return;
    // The next turn tries again; until then the guard denies what needs the price.
    this.ensure(missing).catch((error: unknown) => this.#options.onFault(error));
  }

  async #openStream(): Promise<void> {
    const { broker, monitor, onFault } = this.#options;
    try {
      this.#stream = await broker.openStream(this.#listener());
      if (this.#isStopped) await this.#stream.close();
      else this.#stream.watch(this.#watched);
    } catch (error) {
      monitor.failed('stream');
      onFault(error);
      if (!this.#isStopped) this.#timers.push(setTimeout(() => void this.#openStream(), retryStreamMs));
    }
  }

  /**
   * Frames carry a time without a day. One of the evening that is read after midnight gets the wrong day, lies in the
   * future, and would make every true trade after it look old.
   */
  #isFromFuture(at: Temporal.Instant): boolean {
    const { clock } = this.#options;
    return at.epochMilliseconds - clock.now().epochMilliseconds > futureMaxMs * clock.speed;
  }

  #listener(): StreamListener {
    const { clock, monitor, onTick, onNotice, onGap } = this.#options;
    return {
      onTick: (tick) => {
        if (this.#isFromFuture(tick.at)) return;
        clock.observe(tick.at);
        this.quotes.onTick(tick);
        this.minutes.onTick(tick);
        onTick(tick);
      },
      onOrderBook: (book) => {
        if (this.#isFromFuture(book.at)) return;
        clock.observe(book.at);
        this.quotes.onOrderBook(book);
      },
      onOrderNotice: onNotice,
      onState: ({ kind }) => {
        if (kind === 'open') monitor.succeeded('stream');
        if (kind === 'closed') monitor.failed('stream');
        onGap();
      },
    };
  }
}
