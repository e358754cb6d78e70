import type { Bar } from '#domain/bar.ts';
import type { Broker, BrokerStream, OrderNotice, StreamListener, StreamState, WatchReport } from '#brokers/broker.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderBook, Tick } from '#domain/market-data.ts';
import { listings } from '#markets/listings.ts';
import { BarGaps, type BarGap } from './bar-gaps.ts';
import type { Hole } from './bar-holes.ts';
import type { BrokerMonitor } from '../broker-monitor.ts';
import { DailyBars } from './daily-bars.ts';
import { MinuteBars } from './minute-bars.ts';
import { QuoteTable } from './quote-table.ts';
import { TickGate } from './tick-gate.ts';
import { WatchList, type Watcher, type WatchNeeds } from './watch-list.ts';
import { WholeMinutes } from './whole-minutes.ts';
import type { GatewayClock } from '../clock/gateway-clock.ts';

export interface MarketFeedOptions {
  readonly broker: Broker;
  readonly clock: GatewayClock;
  readonly monitor: BrokerMonitor;
  /** Instruments that must be watched before any other: those with open orders, and holdings. */
  readonly needs?: () => Pick<WatchNeeds, 'ordered' | 'held'>;
  /** Each trade of the market once, in order. */
  readonly onTick: (tick: Tick) => void;
  readonly onNotice: (notice: OrderNotice) => void;
  /** The stream opened, closed or was not understood: something may have been missed. */
  readonly onGap: () => void;
  /** Ticks are missing, or what was missing stands in our minute bars: for whoever makes bars of `onTick`. */
  readonly onBarGap?: (gap: BarGap) => void;
  readonly onFault: (error: unknown) => void;
}

/** Real milliseconds between two background reads, so that orders always find room in the rate budget. */
const fillEveryMs = 2_500;
const retryStreamMs = 2_000;
const reviewAfterMs = 50;
/** How far ahead of our clock the market's stamps may be, in real time. */
const futureMaxMs = 5_000;
/** How far our clock may be from the market's stamps on either side of a gap, in real time. */
const gapMarginMs = 5_000;

/**
 * Prices: the stream for trades and books, REST only at the first need of a day. A stream has room for few instruments
 * (KIS: 41 registrations, two each and one for notices): `WatchList` says which come first, and what finds no room is
 * known. Base prices, and the minutes of a time without a stream, are read in the background, one call every 2.5 s, never
 * ahead of an order.
 */
export class MarketFeed {
  readonly quotes: QuoteTable;
  readonly minutes = new MinuteBars();
  readonly gaps: BarGaps;
  readonly #options: MarketFeedOptions;
  readonly #reading = new Map<InstrumentId, Promise<void>>();
  readonly #daily: DailyBars;
  readonly #list = new WatchList();
  readonly #gate = new TickGate();
  readonly #whole: WholeMinutes;
  #watched: readonly InstrumentId[] = [];
  #report: WatchReport;
  /** Stamp of the last trade or book: what came after it may have been missed when the stream falls silent. */
  #heardAtMs: number | null = null;
  #stream: BrokerStream | null = null;
  #timers: NodeJS.Timeout[] = [];
  #reviewing: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(options: MarketFeedOptions) {
    this.#options = options;
    this.quotes = new QuoteTable(options.clock);
    this.#daily = new DailyBars(options.broker, options.clock);
    this.gaps = new BarGaps((gap) => options.onBarGap?.(gap));
    this.#whole = new WholeMinutes({
      broker: options.broker,
      clock: options.clock,
      bars: this.minutes,
      marginMs: () => this.#marginMs(),
      onFilled: (instrument, toMs) => this.gaps.filled([instrument], toMs),
    });
    const limit = options.broker.capabilities.registrationsMax;
    this.#report = { used: 0, limit, unwatched: [], withoutBook: [] };
    this.#watched = this.#wanted();
  }

  /** Instruments that strategies, orders and holdings need, those that matter most first. */
  get watched(): readonly InstrumentId[] {
    return this.#watched;
  }

  /** What the stream carries, for the status. */
  get registrations(): WatchReport {
    return this.#report;
  }

  /** Opens the stream, and keeps trying when that fails; nobody waits for it. */
  start(): void {
    this.#timers.push(setInterval(() => this.#fillOne(), fillEveryMs));
    void this.#openStream();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#reviewing !== null) clearTimeout(this.#reviewing);
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#stream?.close();
  }

  /** Puts `instrument` among the wanted ones. */
  want(instrument: InstrumentId, by: Watcher = { kind: 'person' }): void {
    if (!this.#list.want(instrument, by)) return;
    // What is watched already changed its place at the most, and that can wait.
    if (this.#watched.includes(instrument)) this.review();
    else this.#reviewNow();
  }

  /** A strategy that wanted it is over, and none of its runner wants it any more. */
  unwant(instrument: InstrumentId, connectionId: number): void {
    if (this.#list.unwant(instrument, connectionId)) this.#reviewNow();
  }

  /** A connection is gone, and with it what its strategies wanted. */
  forget(connectionId: number): void {
    if (this.#list.forget(connectionId)) this.#reviewNow();
  }

  /** Orders or holdings may have changed: watches what matters most, once for a burst of orders and in the way of none. */
  review(): void {
    if (!this.#isStopped) this.#reviewing ??= setTimeout(() => this.#reviewNow(), reviewAfterMs);
  }

  #reviewNow(): void {
    if (this.#reviewing !== null) clearTimeout(this.#reviewing);
    this.#reviewing = null;
    const wanted = this.#wanted();
    if (wanted.length === this.#watched.length && wanted.every((one, index) => one === this.#watched[index])) return;
    const before = new Set(this.#carried());
    const hasAll = this.#isAllCarried() && wanted.length === before.size && wanted.every((one) => before.has(one));
    this.#watched = wanted;
    // Of what is carried as a whole only the order has changed: there is nothing to register.
    if (!hasAll) this.#watchNow(before);
  }

  /** Today's base price and a last trade, by REST unless they are known. @throws RetryLater when the broker cannot say */
  async ensure(instrument: InstrumentId): Promise<void> {
    if (this.quotes.basePrice(instrument) !== null) return;
    const reading = this.#reading.get(instrument) ?? this.#read(instrument);
    this.#reading.set(instrument, reading);
    await reading.finally(() => this.#reading.delete(instrument));
  }

  async orderBook(instrument: InstrumentId): Promise<OrderBook> {
    const known = this.#isBookLive(instrument) ? this.quotes.book(instrument) : null;
    if (known !== null) return known;
    const book = await this.#options.broker.orderBook(instrument);
    this.quotes.onOrderBook(book);
    return book;
  }

  minuteBars(instrument: InstrumentId, count: number): Promise<readonly Bar[]> {
    return this.#whole.last(instrument, count);
  }

  /** Oldest first, read once a day and count. */
  dailyBars(instrument: InstrumentId, count: number): Promise<readonly Bar[]> {
    return this.#daily.last(instrument, count);
  }

  #wanted(): readonly InstrumentId[] {
    const { ordered, held } = this.#options.needs?.() ?? { ordered: [], held: [] };
    const room = Math.floor((this.#options.broker.capabilities.registrationsMax - 1) / 2);
    return this.#list.inOrder({ ordered, held, room, listed: listings.map((listing) => listing.id) });
  }

  #isAllCarried(): boolean {
    return this.#stream !== null && this.#report.unwatched.length === 0 && this.#report.withoutBook.length === 0;
  }

  /** Instruments whose trades the stream carries. */
  #carried(): readonly InstrumentId[] {
    return this.#watched.filter((instrument) => !this.#report.unwatched.includes(instrument));
  }

  #isBookLive(instrument: InstrumentId): boolean {
    return this.#watched.includes(instrument) && !this.#isBookLeftOut(instrument);
  }

  #isBookLeftOut(instrument: InstrumentId): boolean {
    return this.#report.withoutBook.includes(instrument) || this.#report.unwatched.includes(instrument);
  }

  /** @param before what the stream carried until now: whoever comes new has missed what was traded meanwhile */
  #watchNow(before: ReadonlySet<InstrumentId>): void {
    if (this.#stream === null) return;
    this.#report = this.#stream.watch(this.#watched);
    const nowMs = this.#options.clock.now().epochMilliseconds;
    for (const instrument of this.#carried()) {
      const last = this.quotes.lastTrade(instrument);
      if (before.has(instrument) || last === null || !this.#whole.isShown(instrument)) continue;
      this.#whole.missed(instrument, { fromMs: last.at.epochMilliseconds, toMs: nowMs + this.#marginMs() });
      this.gaps.opened([instrument], last.at.epochMilliseconds);
    }
    for (const instrument of before) if (!this.#isBookLive(instrument)) this.quotes.dropBook(instrument);
  }

  #marginMs(): number {
    return gapMarginMs * this.#options.clock.speed;
  }

  async #read(instrument: InstrumentId): Promise<void> {
    this.quotes.onSnapshot(await this.#options.broker.price(instrument));
  }

  /** One read in the background: a base price that is missing, or else the minutes of a gap. */
  #fillOne(): void {
    if (this.#reading.size > 0) return;
    const missing = this.#watched.find((instrument) => this.quotes.basePrice(instrument) === null);
    const holed = this.#whole.fillable();
    // The next turn tries again; until then the guard denies what needs the price, and bars are shown as they are.
    if (missing !== undefined) this.ensure(missing).catch((error: unknown) => this.#options.onFault(error));
    else if (holed !== undefined) this.#whole.fill(holed).catch((error: unknown) => this.#options.onFault(error));
  }

  async #openStream(): Promise<void> {
    const { broker, monitor, onFault } = this.#options;
    try {
      this.#stream = await broker.openStream(this.#listener());
      if (this.#isStopped) await this.#stream.close();
      else this.#watchNow(new Set());
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
    const { clock, onNotice } = this.#options;
    return {
      onTick: (tick) => this.#tick(tick),
      onOrderBook: (book) => {
        if (this.#isFromFuture(book.at) || !this.#isBookLive(book.instrument)) return;
        clock.observe(book.at);
        this.#heardAtMs = book.at.epochMilliseconds;
        this.quotes.onOrderBook(book);
      },
      onOrderNotice: onNotice,
      onState: (state) => this.#stateChanged(state),
    };
  }

  #tick(tick: Tick): void {
    // Quotes and bars are those of the KRX, whose volume of the day is another than that of NXT.
    if (this.#isFromFuture(tick.at) || (tick.venue ?? 'KRX') !== 'KRX') return;
    const news = this.#gate.judge(tick);
    if (news === 'old') return;
    this.#options.clock.observe(tick.at);
    this.#heardAtMs = tick.at.epochMilliseconds;
    this.quotes.onTick(tick);
    if (news === 'same') return;
    this.minutes.onTick(tick);
    this.#options.onTick(tick);
  }

  #stateChanged({ kind, gap }: StreamState): void {
    const { monitor, onGap } = this.#options;
    if (kind === 'open') monitor.succeeded('stream');
    if (kind === 'closed') {
      monitor.failed('stream');
      const nowMs = this.#options.clock.now().epochMilliseconds;
      this.gaps.opened(this.#carried(), Math.min(nowMs, this.#heardAtMs ?? Infinity) - this.#marginMs());
    }
    if (gap !== undefined) this.#missed(gap);
    onGap();
  }

  /** A stream that falls silent is given up only after a while, so the gap begins where something was heard last. */
  #missed({ from, to }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant }): void {
    const heardAtMs = Math.min(from.epochMilliseconds, this.#heardAtMs ?? Infinity);
    const hole: Hole = { fromMs: heardAtMs - this.#marginMs(), toMs: to.epochMilliseconds + this.#marginMs() };
    const [shown, others] = [this.#carried().filter((one) => this.#whole.isShown(one)), this.#carried()];
    this.gaps.opened(shown, hole.fromMs);
    for (const instrument of shown) this.#whole.missed(instrument, hole);
    // Bars that nobody has read will be read from the broker, whole.
    this.gaps.filled(
      others.filter((one) => !shown.includes(one)),
      hole.toMs,
    );
    this.#fillOne();
  }
}
