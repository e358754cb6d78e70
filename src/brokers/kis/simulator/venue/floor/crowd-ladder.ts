import type { Instrument } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';
import type { MatchingBook, VenueTrade } from '#exchange/venue.ts';
import { priceLimits, type PriceLimits } from '#markets/price-limits.ts';
import { snap, tickAt, tickTable } from '#markets/tick-size.ts';

import { crowdOwner } from './market-source.ts';

export interface CrowdLadderOptions {
  readonly instrument: Instrument;
  readonly date: Temporal.PlainDate;
  readonly basePrice: Won;
  /** Shares to show at the `level`th price from the best, counted from 0; 1 or more. */
  readonly quantityOf: (level: number) => number;
}

/** How the ladder stands to the fair value. */
export interface QuoteStyle {
  /** Ticks between the fair value and each side, on top of rounding away from it. */
  readonly extraTicks: number;
  /** Whether a new quote may trade with what rests on the other side. */
  readonly mayCross: boolean;
}

const levels = 10;
const quiet: QuoteStyle = { extraTicks: 0, mayCross: false };

/** The crowd's standing orders in one book: ten legal prices a side around a fair value, inside the day's limits. */
export class CrowdLadder {
  readonly #options: CrowdLadderOptions;
  readonly #table: ReturnType<typeof tickTable>;
  readonly #limits: PriceLimits;
  readonly #standing: Readonly<Record<OrderSide, Map<number, string>>> = { buy: new Map(), sell: new Map() };
  /** Orders beside the ladder, for an auction or one trade; withdrawn when the ladder is next put right. */
  readonly #passing: string[] = [];
  #count = 0;

  constructor(options: CrowdLadderOptions) {
    this.#options = options;
    this.#table = tickTable(options.instrument, options.date);
    this.#limits = priceLimits(options.instrument, options.basePrice, options.date);
  }

  /** The fair value held inside the day's limits. */
  bounded(fair: number): number {
    return Math.min(this.#limits.upper, Math.max(this.#limits.lower, fair));
  }

  /**
   * Makes the standing orders those that `fair` asks for: cancels what is off the ladder, puts back what is missing.
   * Returns the trades of quotes that crossed.
   */
  quote(book: MatchingBook, fair: number, at: Temporal.Instant, style: QuoteStyle = quiet): readonly VenueTrade[] {
    return this.#put(book, this.#targets(this.bounded(fair), style.extraTicks), { at, style });
  }

  /**
   * Makes the standing orders ten prices a side away from `bid` and `ask`, legal prices both; null leaves a side empty.
   * Crosses nothing.
   */
  stand(
    book: MatchingBook,
    best: { readonly bid: number | null; readonly ask: number | null },
    at: Temporal.Instant,
  ): void {
    const buy = best.bid === null ? [] : this.#steps(best.bid, -1);
    const sell = best.ask === null ? [] : this.#steps(best.ask, 1);
    this.#put(book, { buy, sell }, { at, style: quiet });
  }

  /** One more order at `price`, behind what rests there; it stays until the ladder is next put right. */
  make(
    book: MatchingBook,
    side: OrderSide,
    shares: number,
    { at, price }: { readonly at: Temporal.Instant; readonly price: Won },
  ): readonly VenueTrade[] {
    const id = this.#nextId();
    const order = { id, owner: crowdOwner, side, type: 'limit' as const, timeInForce: 'day' as const };
    const result = book.submit({ ...order, price, quantity: quantity(shares) }, at);
    if (result.kind === 'rejected') return [];
    this.#passing.push(id);
    return result.trades;
  }

  #put(
    book: MatchingBook,
    targets: Readonly<Record<OrderSide, number[]>>,
    { at, style }: { readonly at: Temporal.Instant; readonly style: QuoteStyle },
  ): readonly VenueTrade[] {
    for (const id of this.#passing.splice(0)) book.cancel(id);
    this.#withdrawOutside(book, 'buy', targets.buy);
    this.#withdrawOutside(book, 'sell', targets.sell);
    return [
      ...this.#restore(book, 'buy', targets.buy, { at, style }),
      ...this.#restore(book, 'sell', targets.sell, { at, style }),
    ];
  }

  /** Takes the crowd's own quotes away and trades with everything that `price` crosses, at most `shares` of it. */
  sweep(book: MatchingBook, price: Won, at: Temporal.Instant, shares: number | null): readonly VenueTrade[] {
    this.#withdrawOutside(book, 'buy', []);
    this.#withdrawOutside(book, 'sell', []);
    const { bids, asks } = book.depth(1000, at);
    const hit = bids.filter((level) => level.price >= price).reduce((sum, level) => sum + level.quantity, 0);
    const lifted = asks.filter((level) => level.price <= price).reduce((sum, level) => sum + level.quantity, 0);
    return [
      ...this.take(book, 'sell', Math.min(hit, shares ?? hit), { at, price }),
      ...this.take(book, 'buy', Math.min(lifted, shares ?? lifted), { at, price }),
    ];
  }

  /** Trades now with what rests up to `price`, and leaves nothing standing. */
  take(
    book: MatchingBook,
    side: OrderSide,
    shares: number,
    { at, price }: { readonly at: Temporal.Instant; readonly price: Won },
  ): readonly VenueTrade[] {
    if (shares < 1) return [];
    const order = { id: this.#nextId(), owner: crowdOwner, side, type: 'limit' as const, timeInForce: 'ioc' as const };
    const result = book.submit({ ...order, price, quantity: quantity(shares) }, at);
    return result.kind === 'accepted' ? result.trades : [];
  }

  /** Orders of both sides that overlap at `fair`, so that the auction prints `shares` there. */
  joinAuction(
    book: MatchingBook,
    fair: number,
    at: Temporal.Instant,
    shares: number = this.#options.quantityOf(0) * 5,
  ): void {
    this.quote(book, fair, at);
    const price = snap(this.#table, this.bounded(fair), 'down');
    for (const side of ['buy', 'sell'] as const) {
      const id = this.#nextId();
      const order = { id, owner: crowdOwner, side, type: 'limit' as const, timeInForce: 'day' as const };
      const result = book.submit({ ...order, price, quantity: quantity(shares) }, at);
      if (result.kind === 'accepted') this.#passing.push(id);
    }
  }

  #targets(fair: number, extraTicks: number): Readonly<Record<OrderSide, number[]>> {
    // A market locked at its lower limit has sellers only, as one at its upper limit has buyers only.
    if (fair <= this.#limits.lower) return { buy: [], sell: this.#steps(this.#limits.lower, 1) };
    const tick = tickAt(this.#table, fair);
    const highestBid = snap(this.#table, Math.max(this.#limits.lower, fair - extraTicks * tick), 'down');
    const above = snap(this.#table, Math.min(this.#limits.upper, fair + extraTicks * tick), 'up');
    const lowestAsk = above > highestBid ? above : highestBid + tickAt(this.#table, highestBid);
    return { buy: this.#steps(highestBid, -1), sell: this.#steps(lowestAsk, 1) };
  }

  /** Up to ten legal prices from `start` on, away from the other side; fewer at a limit. */
  #steps(start: number, direction: 1 | -1): number[] {
    const prices: number[] = [];
    let price = start;
    while (prices.length < levels && price >= this.#limits.lower && price <= this.#limits.upper) {
      prices.push(price);
      // A step down starts in the zone below the price, a step up in the zone of the price itself.
      price += direction * tickAt(this.#table, direction === 1 ? price : price - 0.5);
    }
    return prices;
  }

  #withdrawOutside(book: MatchingBook, side: OrderSide, targets: readonly number[]): void {
    for (const [price, id] of this.#standing[side]) {
      if (targets.includes(price)) continue;
      book.cancel(id);
      this.#standing[side].delete(price);
    }
  }

  #restore(
    book: MatchingBook,
    side: OrderSide,
    targets: readonly number[],
    { at, style }: { at: Temporal.Instant; style: QuoteStyle },
  ): VenueTrade[] {
    const trades: VenueTrade[] = [];
    for (const [level, price] of targets.entries()) {
      const id = this.#standing[side].get(price);
      if (id !== undefined && book.remaining(id) > 0) continue;
      this.#standing[side].delete(price);
      if (!style.mayCross && this.#isCrossing(book, side, price, at)) continue;
      trades.push(...this.#stand(book, side, price, { at, shares: this.#options.quantityOf(level) }));
    }
    return trades;
  }

  #isCrossing(book: MatchingBook, side: OrderSide, price: number, at: Temporal.Instant): boolean {
    const { asks, bids } = book.depth(1, at);
    const other = side === 'buy' ? asks[0] : bids[0];
    if (other === undefined) return false;
    return side === 'buy' ? price >= other.price : price <= other.price;
  }

  #stand(
    book: MatchingBook,
    side: OrderSide,
    price: number,
    { at, shares }: { at: Temporal.Instant; shares: number },
  ): readonly VenueTrade[] {
    const id = this.#nextId();
    const order = { id, owner: crowdOwner, side, type: 'limit' as const, timeInForce: 'day' as const };
    const result = book.submit({ ...order, price: won(price), quantity: quantity(shares) }, at);
    if (result.kind === 'rejected') return [];
    if (result.resting > 0) this.#standing[side].set(price, id);
    return result.trades;
  }

  #nextId(): string {
    this.#count += 1;
    return `${crowdOwner}:${this.#count}`;
  }
}
