import { CrowdLadder } from '#brokers/kis/simulator/venue/floor/crowd-ladder.ts';
import type { Crowd } from '#brokers/kis/simulator/venue/floor/market-source.ts';
import type { Bar } from '#domain/bar.ts';
import type { Instrument } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { dateNumber } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';
import type { MatchingBook, VenueTrade } from '#exchange/venue.ts';
import { priceLimits } from '#markets/price-limits.ts';
import { roundToTick, tickAt, tickTable } from '#markets/tick-size.ts';

import type { DayTicks } from './day-ticks.ts';
import type { RegularHours } from './regular-hours.ts';

export interface ReplayDay {
  readonly instrument: Instrument;
  readonly date: Temporal.PlainDate;
  readonly basePrice: Won;
  readonly hours: RegularHours;
  readonly ticks: DayTicks;
  /** False where the crowd only shows the prices and trades nothing: another board than the one that was recorded. */
  readonly isTrading: boolean;
}

const minuteMs = 60_000;
/** Shares shown at a price, in ordinary trades of the day. */
const shownTrades = 3;

/**
 * Plays one recorded or made-up day into a book: at each tick the crowd's quotes stand around its price, and one trader
 * takes exactly its shares. Orders of an account that stand in the way are met first, by price and then by time; what
 * they take, the crowd does not. Nothing depends on how far apart the calls are, so single steps give the same fills.
 */
export class ReplayCrowd implements Crowd {
  readonly #day: ReplayDay;
  readonly #ladder: CrowdLadder;
  readonly #table: ReturnType<typeof tickTable>;
  readonly #limits: { readonly lower: Won; readonly upper: Won };
  #next = 0;
  #last: number;

  constructor(day: ReplayDay) {
    const { instrument, date, basePrice, ticks } = day;
    this.#day = day;
    this.#table = tickTable(instrument, date);
    this.#limits = priceLimits(instrument, basePrice, date);
    this.#last = ticks.opening?.price ?? basePrice;
    const traded = ticks.quantity.reduce((sum, shares) => sum + shares, 0);
    const shown = Math.max(1, Math.round((shownTrades * traded) / Math.max(1, ticks.at.length)));
    this.#ladder = new CrowdLadder({ instrument, date, basePrice, quantityOf: (level) => shown * (1 + (level % 3)) });
  }

  history(until: Temporal.Instant): readonly Bar[] {
    const { hours, ticks } = this.#day;
    const minuteOfUntil = until.epochMilliseconds - (until.epochMilliseconds % minuteMs);
    if (minuteOfUntil <= hours.opensAtMs) return [];
    const bars = new MinuteBars(dateNumber(this.#day.date));
    if (ticks.opening !== null) bars.add(hours.opensAtMs, ticks.opening.price, ticks.opening.quantity);
    for (; this.#next < ticks.at.length && this.#at(this.#next) < minuteOfUntil; this.#next += 1) {
      this.#last = ticks.price[this.#next] ?? this.#last;
      bars.add(this.#at(this.#next), this.#last, ticks.quantity[this.#next] ?? 0);
    }
    const { closing } = ticks;
    if (closing !== null && minuteOfUntil > hours.closesAtMs) {
      bars.add(hours.closesAtMs, closing.price, closing.quantity);
      this.#last = closing.price;
    }
    return bars.bars;
  }

  enter(book: MatchingBook, at: Temporal.Instant): readonly VenueTrade[] {
    this.#showLast(book, at);
    return [];
  }

  advance(book: MatchingBook, from: Temporal.Instant, to: Temporal.Instant): readonly VenueTrade[] {
    const trades: VenueTrade[] = [];
    const { ticks } = this.#day;
    for (; this.#next < ticks.at.length && this.#at(this.#next) <= to.epochMilliseconds; this.#next += 1) {
      // What was due while the market stood still comes when it goes on.
      const atMs = Math.max(this.#at(this.#next), from.epochMilliseconds);
      trades.push(...this.#play(book, this.#next, Temporal.Instant.fromEpochMilliseconds(atMs)));
    }
    return trades;
  }

  joinAuction(book: MatchingBook, at: Temporal.Instant): void {
    const { hours, ticks, isTrading } = this.#day;
    const atMs = at.epochMilliseconds;
    const isClosing = atMs >= hours.closingFromMs && atMs < hours.closesAtMs;
    // Auctions of other hours were not recorded: nobody joins them.
    const print = isClosing ? ticks.closing : atMs < hours.opensAtMs ? ticks.opening : null;
    if (print === null || !isTrading) return;
    this.#last = print.price;
    this.#ladder.joinAuction(book, print.price, at, print.quantity);
  }

  /** Moves the quotes and takes what they cross; the next tick comes at its own price again. */
  push(book: MatchingBook, price: Won, at: Temporal.Instant, shares: number | null): readonly VenueTrade[] {
    const { instrument, date } = this.#day;
    const target = roundToTick(instrument, this.#ladder.bounded(price), date, 'down');
    const trades = this.#ladder.sweep(book, target, at, shares);
    return shares === null ? [...trades, ...this.#ladder.quote(book, target, at)] : trades;
  }

  #at(index: number): number {
    return this.#day.ticks.at[index] ?? Number.POSITIVE_INFINITY;
  }

  /** A buyer's tick has its price on offer, a seller's has it bid for; the other side stands one tick away. */
  #play(book: MatchingBook, index: number, at: Temporal.Instant): readonly VenueTrade[] {
    const { ticks, isTrading } = this.#day;
    const price = won(ticks.price[index] ?? 0);
    const isBuy = ticks.isBuy[index] === 1;
    this.#last = price;
    this.#show(book, price, isBuy, at);
    return isTrading ? this.#trade(book, { price, isBuy, shares: ticks.quantity[index] ?? 0 }, at) : [];
  }

  #trade(
    book: MatchingBook,
    { price, isBuy, shares }: { readonly price: Won; readonly isBuy: boolean; readonly shares: number },
    at: Temporal.Instant,
  ): readonly VenueTrade[] {
    const { asks, bids } = book.depth(1000, at);
    const standing = (isBuy ? asks : bids).filter((level) => (isBuy ? level.price <= price : level.price >= price));
    const offered = standing.reduce((sum, level) => sum + level.quantity, 0);
    const missing = shares - offered;
    const made = missing > 0 ? this.#ladder.make(book, isBuy ? 'sell' : 'buy', missing, { at, price }) : [];
    const traded = made.reduce((sum, trade) => sum + trade.quantity, 0);
    return [...made, ...this.#ladder.take(book, isBuy ? 'buy' : 'sell', shares - traded, { at, price })];
  }

  #showLast(book: MatchingBook, at: Temporal.Instant): void {
    if (this.#day.ticks.at.length > 0 || this.#day.ticks.opening !== null) this.#show(book, this.#last, false, at);
  }

  #show(book: MatchingBook, price: number, isBuy: boolean, at: Temporal.Instant): void {
    const { lower, upper } = this.#limits;
    const above = price >= upper ? null : price + tickAt(this.#table, price);
    // A step down starts in the zone below the price.
    const below = price <= lower ? null : price - tickAt(this.#table, price - 0.5);
    this.#ladder.stand(book, isBuy ? { bid: below, ask: price } : { bid: price, ask: above }, at);
  }
}

/** One-minute bars in the making. */
class MinuteBars {
  readonly bars: Bar[] = [];
  readonly #date: number;

  constructor(date: number) {
    this.#date = date;
  }

  add(at: number, paid: number, shares: number): void {
    const startsAtMs = at - (at % minuteMs);
    const price = won(paid);
    const bar = this.bars.at(-1);
    if (bar === undefined || bar.startsAtMs !== startsAtMs) {
      const volume = quantity(shares);
      this.bars.push({ startsAtMs, date: this.#date, open: price, high: price, low: price, close: price, volume });
      return;
    }
    this.bars[this.bars.length - 1] = {
      ...bar,
      high: won(Math.max(bar.high, price)),
      low: won(Math.min(bar.low, price)),
      close: price,
      volume: bar.volume + shares,
    };
  }
}
