import type { Instrument } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import type { BookLevel, OrderBook } from '#domain/market-data.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity as shares, type Quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';
import { auctionPrice, type AuctionResult } from './auction-price.ts';
import { entryRules, refusalOf, type EntryRules } from './entry-rules.ts';
import { PriceLevels, type RestingOrder } from './price-levels.ts';
import type { BookPhase, MatchingBook, MatchingBookOptions, SubmitResult, VenueOrder, VenueTrade } from './venue.ts';

/**
 * An empty book for one trading day; it starts `closed`.
 *
 * Continuous trading matches by price, then by time of arrival, at the price of the order that rested. A call auction
 * prints everything at one price, market orders first. Not modelled: the exchange's sharing-out rule for an auction that
 * ends locked at a daily limit, and volatility interruptions (set the phase instead). Auctions take no IOC or FOK orders
 * and refuse them as `closed`. What waits is bounded by what the venue's callers send; nothing is dropped to make room.
 *
 * @throws {RangeError} when the market or the kind did not exist on `date`, or the base price is not above 0
 */
export function createMatchingBook(options: MatchingBookOptions): MatchingBook {
  return new KrxMatchingBook(options);
}

class KrxMatchingBook implements MatchingBook {
  readonly instrument: Instrument;
  readonly #rules: EntryRules;
  readonly #bids = new PriceLevels('buy');
  readonly #asks = new PriceLevels('sell');
  /** Every order that waits, limit and market. */
  readonly #resting = new Map<string, RestingOrder>();
  /** Market orders wait only during an auction; oldest first. */
  readonly #marketOrders = { buy: new Map<string, RestingOrder>(), sell: new Map<string, RestingOrder>() };
  #phase: BookPhase = 'closed';
  #lastPrice: Won;
  #volumeOfDay = 0;

  constructor(options: MatchingBookOptions) {
    this.instrument = options.instrument;
    this.#rules = entryRules(options);
    this.#lastPrice = options.basePrice;
  }

  get phase(): BookPhase {
    return this.#phase;
  }

  get lastPrice(): Won {
    return this.#lastPrice;
  }

  get volumeOfDay(): number {
    return this.#volumeOfDay;
  }

  setPhase(phase: BookPhase, at: Temporal.Instant): readonly VenueTrade[] {
    const endsAuction = this.#phase === 'auction' && phase !== 'auction';
    const trades = endsAuction ? this.#printAuction(at) : [];
    this.#phase = phase;
    return trades;
  }

  submit(order: VenueOrder, at: Temporal.Instant): SubmitResult {
    invariant(!this.#resting.has(order.id), `order ids at a venue are unique: ${order.id} waits already`);
    const reason = refusalOf(order, this.#phase, this.#rules);
    if (reason !== null) return { kind: 'rejected', reason };
    const incoming: RestingOrder = {
      id: order.id,
      owner: order.owner,
      side: order.side,
      type: order.type,
      price: order.price,
      remaining: order.quantity,
    };
    if (this.#phase === 'auction') return this.#rest(incoming, []);
    if (order.timeInForce === 'fok' && this.#available(incoming) < incoming.remaining) return cancelled([], incoming);
    const trades = this.#match(incoming, at);
    const mayRest = order.type === 'limit' && order.timeInForce === 'day';
    return mayRest ? this.#rest(incoming, trades) : cancelled(trades, incoming);
  }

  cancel(id: string): Quantity | null {
    const order = this.#resting.get(id);
    if (order === undefined) return null;
    const { remaining } = order;
    this.#reduce(order, remaining);
    return shares(remaining);
  }

  amend(id: string, price: Won, quantity: Quantity, at: Temporal.Instant): SubmitResult | null {
    const order = this.#resting.get(id);
    if (order === undefined) return null;
    const type = order.type === 'market' && price === 0 ? 'market' : 'limit';
    const changed: VenueOrder = { ...order, type, price, quantity, timeInForce: 'day' };
    const reason = refusalOf(changed, this.#phase, this.#rules);
    if (reason !== null) return { kind: 'rejected', reason };
    if (price === order.price && quantity <= order.remaining) {
      this.#reduce(order, order.remaining - quantity);
      return { kind: 'accepted', trades: [], resting: quantity, cancelled: shares(0) };
    }
    this.#reduce(order, order.remaining);
    return this.submit(changed, at);
  }

  remaining(id: string): Quantity {
    return shares(this.#resting.get(id)?.remaining ?? 0);
  }

  indicative(): { readonly price: Won; readonly quantity: Quantity } | null {
    if (this.#phase !== 'auction') return null;
    const result = this.#auctionResult();
    return result === null ? null : { price: result.price, quantity: shares(result.quantity) };
  }

  depth(levels: number, at: Temporal.Instant): OrderBook {
    return {
      instrument: this.instrument.id,
      at,
      asks: bestLevels(this.#asks, levels),
      bids: bestLevels(this.#bids, levels),
    };
  }

  #side(side: OrderSide): PriceLevels {
    return side === 'buy' ? this.#bids : this.#asks;
  }

  #opposite(side: OrderSide): PriceLevels {
    return side === 'buy' ? this.#asks : this.#bids;
  }

  /** The worst price `order` would take. */
  #worst(order: RestingOrder): number {
    if (order.type === 'limit') return order.price;
    return order.side === 'buy' ? Number.POSITIVE_INFINITY : 0;
  }

  #available(order: RestingOrder): number {
    return this.#opposite(order.side).quantityThrough(this.#worst(order));
  }

  #match(taker: RestingOrder, at: Temporal.Instant): VenueTrade[] {
    const trades: VenueTrade[] = [];
    const book = this.#opposite(taker.side);
    const worst = this.#worst(taker);
    for (let level = book.best; level !== undefined && taker.remaining > 0; level = book.best) {
      if (taker.side === 'buy' ? level.price > worst : level.price < worst) break;
      for (const maker of level.orders.values()) {
        if (taker.remaining === 0) break;
        trades.push(this.#trade(maker, taker, level.price, at));
      }
    }
    return trades;
  }

  /** Takes the traded shares off both orders; the maker waits in the book, the taker need not. */
  #trade(maker: RestingOrder, taker: RestingOrder, price: Won, at: Temporal.Instant): VenueTrade {
    const traded = Math.min(maker.remaining, taker.remaining);
    this.#reduce(maker, traded);
    if (this.#resting.get(taker.id) === taker) this.#reduce(taker, traded);
    else taker.remaining -= traded;
    this.#lastPrice = price;
    this.#volumeOfDay += traded;
    return {
      at,
      price,
      quantity: shares(traded),
      makerId: maker.id,
      makerOwner: maker.owner,
      takerId: taker.id,
      takerOwner: taker.owner,
      takerSide: taker.side,
    };
  }

  #rest(order: RestingOrder, trades: readonly VenueTrade[]): SubmitResult {
    if (order.remaining > 0) {
      this.#resting.set(order.id, order);
      if (order.type === 'market') this.#marketOrders[order.side].set(order.id, order);
      else this.#side(order.side).add(order);
    }
    return { kind: 'accepted', trades, resting: shares(order.remaining), cancelled: shares(0) };
  }

  #reduce(order: RestingOrder, by: number): void {
    if (order.type === 'market') order.remaining -= by;
    else this.#side(order.side).reduce(order, by);
    if (order.remaining > 0) return;
    this.#resting.delete(order.id);
    this.#marketOrders[order.side].delete(order.id);
  }

  #auctionResult(): AuctionResult | null {
    return auctionPrice(
      {
        bids: this.#bids.levels,
        asks: this.#asks.levels,
        marketBuys: this.#marketQuantity('buy'),
        marketSells: this.#marketQuantity('sell'),
      },
      { ...this.#rules, lastPrice: this.#lastPrice },
    );
  }

  #marketQuantity(side: OrderSide): number {
    let sum = 0;
    for (const order of this.#marketOrders[side].values()) sum += order.remaining;
    return sum;
  }

  #printAuction(at: Temporal.Instant): VenueTrade[] {
    const result = this.#auctionResult();
    const trades = result === null ? [] : this.#allot(result, at);
    for (const side of ['buy', 'sell'] as const) {
      for (const order of this.#marketOrders[side].values()) this.#reduce(order, order.remaining);
    }
    return trades;
  }

  #allot({ price, quantity }: AuctionResult, at: Temporal.Instant): VenueTrade[] {
    const trades: VenueTrade[] = [];
    let left = quantity;
    while (left > 0) {
      const buyer = this.#first('buy');
      const seller = this.#first('sell');
      invariant(buyer !== undefined && seller !== undefined, 'an auction allots no more than both sides hold');
      const trade = this.#trade(seller, buyer, price, at);
      trades.push(trade);
      left -= trade.quantity;
    }
    return trades;
  }

  /** First in line in an auction: the oldest market order, then the oldest order at the best price. */
  #first(side: OrderSide): RestingOrder | undefined {
    const oldest = this.#marketOrders[side].values().next();
    return oldest.value ?? this.#side(side).best?.orders.values().next().value;
  }
}

function cancelled(trades: readonly VenueTrade[], order: RestingOrder): SubmitResult {
  return { kind: 'accepted', trades, resting: shares(0), cancelled: shares(order.remaining) };
}

function bestLevels(side: PriceLevels, count: number): BookLevel[] {
  const from = Math.max(0, side.levels.length - count);
  return side.levels
    .slice(from)
    .toReversed()
    .map(({ price, quantity }) => ({ price: won(price), quantity: shares(quantity) }));
}
