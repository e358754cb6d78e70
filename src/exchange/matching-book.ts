import type { Instrument } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import type { BookLevel, OrderBook } from '#domain/market-data.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity as shares, type Quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';
import { lotSize } from '#markets/lots.ts';
import { priceLimits, type PriceLimits } from '#markets/price-limits.ts';
import { isInTable, tickTable } from '#markets/tick-size.ts';
import type { TickTable } from '#markets/tick-tables.ts';
import { auctionPrice, type AuctionResult } from './auction-price.ts';
import { PriceLevels, type RestingOrder } from './price-levels.ts';
import type {
  BookPhase,
  MatchingBook,
  MatchingBookOptions,
  SubmitResult,
  VenueOrder,
  VenueRejection,
  VenueTrade,
} from './venue.ts';

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
  readonly #table: TickTable;
  readonly #limits: PriceLimits;
  readonly #lot: number;
  readonly #bids = new PriceLevels('buy');
  readonly #asks = new PriceLevels('sell');
  /** Every order that waits, limit and market. */
  readonly #resting = new Map<string, RestingOrder>();
  /** Market orders wait only during an auction; oldest first. */
  readonly #marketOrders = new Map<string, RestingOrder>();
  #phase: BookPhase = 'closed';
  #lastPrice: Won;
  #volumeOfDay = 0;

  constructor({ instrument, date, basePrice }: MatchingBookOptions) {
    this.instrument = instrument;
    this.#table = tickTable(instrument, date);
    this.#limits = priceLimits(instrument, basePrice, date);
    this.#lot = lotSize(instrument, basePrice, date);
    this.#lastPrice = basePrice;
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
    const reason = this.#refusal(order);
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
    const reason = this.#refusal(changed);
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

  #refusal(order: VenueOrder): VenueRejection | null {
    if (this.#phase === 'closed') return 'closed';
    // An auction has no moment at which an order could be executed at once.
    if (this.#phase === 'auction' && order.timeInForce !== 'day') return 'closed';
    if (!Number.isSafeInteger(order.quantity) || order.quantity <= 0 || order.quantity % this.#lot !== 0) {
      return 'quantity';
    }
    if (order.type === 'market') return null;
    if (order.price < this.#limits.lower || order.price > this.#limits.upper) return 'price-limit';
    return isInTable(this.#table, order.price) ? null : 'tick-size';
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
      if (order.type === 'market') this.#marketOrders.set(order.id, order);
      else this.#side(order.side).add(order);
    }
    return { kind: 'accepted', trades, resting: shares(order.remaining), cancelled: shares(0) };
  }

  #reduce(order: RestingOrder, by: number): void {
    if (order.type === 'market') order.remaining -= by;
    else this.#side(order.side).reduce(order, by);
    if (order.remaining > 0) return;
    this.#resting.delete(order.id);
    this.#marketOrders.delete(order.id);
  }

  #auctionResult(): AuctionResult | null {
    return auctionPrice(
      {
        bids: this.#bids.levels,
        asks: this.#asks.levels,
        marketBuys: this.#marketQuantity('buy'),
        marketSells: this.#marketQuantity('sell'),
      },
      { lastPrice: this.#lastPrice, table: this.#table, limits: this.#limits },
    );
  }

  #marketQuantity(side: OrderSide): number {
    let sum = 0;
    for (const order of this.#marketOrders.values()) if (order.side === side) sum += order.remaining;
    return sum;
  }

  #printAuction(at: Temporal.Instant): VenueTrade[] {
    const result = this.#auctionResult();
    const trades = result === null ? [] : this.#allot(result, at);
    for (const order of this.#marketOrders.values()) this.#reduce(order, order.remaining);
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
    for (const order of this.#marketOrders.values()) if (order.side === side) return order;
    return this.#side(side).best?.orders.values().next().value;
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
