import type { Instrument } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import { won, type Won } from '#domain/won.ts';
import { createMatchingBook } from '#exchange/matching-book.ts';
import type { BookPhase, MatchingBook, VenueTrade } from '#exchange/venue.ts';

import { DayStats, type Print } from './day-stats.ts';
import type { Board, Interruption } from './market-operation.ts';
import type { Crowd, MarketSource } from './market-source.ts';
import { tradingPhases, type SessionRule, type TradingPhase } from './trading-phases.ts';
import type { DayBarRow } from './venue-event.ts';

/** One instrument on the floor today. */
export interface Desk {
  readonly board: Board;
  readonly instrument: Instrument;
  readonly basePrice: Won;
  readonly book: MatchingBook;
  readonly crowd: Crowd;
  readonly stats: DayStats;
  /** Volatility interruptions of today, oldest first. */
  readonly interruptions: readonly Interruption[];
}

/** What the floor tells the venue, synchronously and in order of time. */
export interface FloorListener {
  onTrade(desk: Desk, trade: VenueTrade, print: Print): void;
  /** The book of `desk` may look different now. */
  onBook(desk: Desk): void;
  /** An auction has printed; market orders it left unfilled are gone from the books. */
  onAuctionEnd(at: Temporal.Instant): void;
  /** Regular trading of the day is over; what still rests has expired. */
  onClose(at: Temporal.Instant): void;
}

export interface MarketFloorOptions {
  readonly market: MarketSource;
  readonly session: SessionRule;
  readonly listener: FloorListener;
}

/** The books of one trading day and the crowd that trades in them. */
export class MarketFloor {
  readonly #options: MarketFloorOptions;
  readonly #desks = new Map<string, Desk>();
  #phases: readonly TradingPhase[] = [];
  #phase: BookPhase = 'closed';
  #reached = Temporal.Instant.fromEpochMilliseconds(0);

  constructor(options: MarketFloorOptions) {
    this.#options = options;
  }

  get phase(): BookPhase {
    return this.#phase;
  }

  /** How far the day has been played. */
  get reached(): Temporal.Instant {
    return this.#reached;
  }

  /** True before the first phase that is not closed; false after it, and on a day without trading. */
  get isBeforeOpen(): boolean {
    const first = this.#phases.find((phase) => phase.phase !== 'closed');
    return first !== undefined && Temporal.Instant.compare(this.#reached, first.from) < 0;
  }

  get isTradingDay(): boolean {
    return this.#phases.some((phase) => phase.phase !== 'closed');
  }

  /** Null when `symbol` is not listed, or not traded on `board`. */
  desk(symbol: string, board: Board = 'KRX'): Desk | null {
    return board === 'KRX' ? (this.#desks.get(symbol) ?? null) : null;
  }

  desks(): IterableIterator<Desk> {
    return this.#desks.values();
  }

  /**
   * Starts `date` as of `from`; minutes before it come from the crowd's history and nothing of them is told.
   * `enter` puts the account's own orders back, ahead of the crowd.
   */
  openDay(
    date: Temporal.PlainDate,
    from: Temporal.Instant,
    basePriceOf: (instrument: Instrument) => Won,
    enter: () => void,
  ): void {
    this.#phases = tradingPhases(date, this.#options.session);
    this.#desks.clear();
    for (const instrument of this.#options.market.instruments) {
      const basePrice = basePriceOf(instrument);
      const crowd = this.#options.market.openDay(instrument, date, basePrice);
      const stats = new DayStats(basePrice);
      stats.seed(crowd.history(from));
      const book = createMatchingBook({ instrument, date, basePrice });
      this.#desks.set(instrument.symbol, {
        board: 'KRX',
        instrument,
        basePrice,
        book,
        crowd,
        stats,
        interruptions: [],
      });
    }
    this.#reached = from;
    this.#phase = 'closed';
    this.#enterPhase(this.#phaseAt(from).phase, from, enter);
  }

  /** Plays the day up to `to`; times before what was reached change nothing. */
  advance(to: Temporal.Instant): void {
    while (Temporal.Instant.compare(this.#reached, to) < 0) {
      const current = this.#phaseAt(this.#reached);
      const until = Temporal.Instant.compare(current.to, to) < 0 ? current.to : to;
      if (this.#phase === 'continuous') this.#trade(this.#reached, until);
      this.#reached = until;
      if (Temporal.Instant.compare(until, current.to) < 0) return;
      const next = this.#phases.find((phase) => phase.from.equals(until));
      if (next === undefined) return;
      this.#enterPhase(next.phase, until, () => undefined);
    }
  }

  /** Hands trades on; the venue calls it for orders of its own, too. */
  report(desk: Desk, trades: readonly VenueTrade[]): void {
    for (const trade of trades) {
      const print = desk.stats.print(trade.at.epochMilliseconds, trade.price, trade.quantity, trade.takerSide);
      this.#options.listener.onTrade(desk, trade, print);
    }
    this.#options.listener.onBook(desk);
  }

  /** The day as one bar an instrument; without a trade the base price stands with volume 0. */
  dayBars(): DayBarRow[] {
    return [...this.#desks.values()].map(({ instrument, stats, basePrice }) => ({
      symbol: instrument.symbol,
      open: stats.open === 0 ? basePrice : stats.open,
      high: stats.high === 0 ? basePrice : stats.high,
      low: stats.low === 0 ? basePrice : stats.low,
      close: won(stats.last),
      volume: stats.volume,
    }));
  }

  #trade(from: Temporal.Instant, to: Temporal.Instant): void {
    for (const desk of this.#desks.values()) {
      const trades = desk.crowd.advance(desk.book, from, to);
      this.report(desk, trades);
    }
  }

  #enterPhase(next: BookPhase, at: Temporal.Instant, enter: () => void): void {
    const before = this.#phase;
    if (next === before) return enter();
    this.#phase = next;
    for (const desk of this.#desks.values()) this.report(desk, desk.book.setPhase(next, at));
    if (before === 'auction') this.#options.listener.onAuctionEnd(at);
    enter();
    for (const desk of this.#desks.values()) this.#joinPhase(desk, at);
    if (next === 'closed') this.#options.listener.onClose(at);
  }

  #joinPhase(desk: Desk, at: Temporal.Instant): void {
    if (this.#phase === 'auction') desk.crowd.joinAuction(desk.book, at);
    if (this.#phase === 'continuous') this.report(desk, desk.crowd.enter(desk.book, at));
  }

  #phaseAt(at: Temporal.Instant): TradingPhase {
    const phase = this.#phases.find(
      ({ from, to }) => Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, to) < 0,
    );
    invariant(phase !== undefined, `the phases of the day cover ${at.toString()}`);
    return phase;
  }
}
