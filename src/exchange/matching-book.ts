import type { Instrument } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import type { BookLevel, OrderBook } from '#domain/market-data.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity as shares, type Quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';
import { allotAuction, auctionOf } from './auction-print.ts';
import { entryRules, refusalOf, type EntryRules } from './entry-rules.ts';
import type { PriceLevels, RestingOrder } from './price-levels.ts';
import { RestingOrders } from './resting-orders.ts';
import type { BookPhase, MatchingBook, MatchingBookOptions, SubmitResult, VenueOrder, VenueTrade } from './venue.ts';
import { volatilityTrigger } from './volatility.ts';

/**
 * An empty book for one trading day; it starts `closed`.
 *
 * Continuous trading matches by price, then by time of arrival, at the price of the order that rested. Mid-price orders
 * trade with each other, and with an order that crosses the spread before it meets the best level, because the middle is
 * better for both. A call auction prints everything at one price, market orders first, and leaves mid-price orders
 * waiting. With `volatility` rates a trade that would move too far does not happen: the book goes over to an auction and
 * says so in `interruption`; how long is the caller's to decide. Not modelled: the exchange's sharing-out rule for an
 * auction that ends locked at a daily limit. Auctions take no IOC or FOK orders and refuse them as `closed`. What waits
 * is bounded by what the venue's callers send; nothing is dropped to make room.
 *
 * @throws {RangeError} when the market or the kind did not exist on `date`, or the base price is not above 0
 */
export function createMatchingBook(options: MatchingBookOptions): MatchingBook {
  return new KrxMatchingBook(options);
}

class KrxMatchingBook implements MatchingBook {
  readonly instrument: Instrument;
  readonly #rules: EntryRules;
  readonly #volatility: MatchingBookOptions['volatility'];
  readonly #orders = new RestingOrders();
  #phase: BookPhase = 'closed';
  #interruption: MatchingBook['interruption'] = null;
  #lastPrice: Won;
  #singlePrice: Won;
  #volumeOfDay = 0;

  constructor(options: MatchingBookOptions) {
    this.instrument = options.instrument;
    this.#rules = entryRules(options);
    this.#volatility = options.volatility;
    this.#lastPrice = options.lastPrice ?? options.basePrice;
    this.#singlePrice = options.singlePrice ?? options.basePrice;
  }

  get phase(): BookPhase {
    return this.#phase;
  }

  get interruption(): MatchingBook['interruption'] {
    return this.#interruption;
  }

  get lastPrice(): Won {
    return this.#lastPrice;
  }

  get singlePrice(): Won {
    return this.#singlePrice;
  }

  get volumeOfDay(): number {
    return this.#volumeOfDay;
  }

  setPhase(phase: BookPhase, at: Temporal.Instant): readonly VenueTrade[] {
    const endsAuction = this.#phase === 'auction' && phase !== 'auction';
    const trades = endsAuction ? this.#printAuction(at) : [];
    this.#phase = phase;
    if (phase !== 'auction') this.#interruption = null;
    if (phase === 'continuous') this.#matchMids(trades, at);
    return trades;
  }

  suspend(): void {
    this.#phase = 'closed';
    this.#interruption = null;
  }

  submit(order: VenueOrder, at: Temporal.Instant): SubmitResult {
    invariant(this.#orders.get(order.id) === undefined, `order ids at a venue are unique: ${order.id} waits already`);
    const reason = refusalOf(order, this.#phase, this.#rules);
    if (reason !== null) return { kind: 'rejected', reason };
    const incoming = restingOrder(order);
    if (this.#phase === 'auction') return this.#rest(incoming, []);
    if (order.timeInForce === 'fok' && !this.#fillsWhole(incoming, at)) return cancelled([], incoming);
    const trades = this.#match(incoming, at);
    // A market order that set off an interruption waits for its auction like any other.
    const mayRest = order.type !== 'market' || this.#interruption !== null;
    if (!mayRest || order.timeInForce !== 'day') return cancelled(trades, incoming);
    const result = this.#rest(incoming, trades);
    this.#matchMids(trades, at);
    return result.kind === 'accepted' ? { ...result, resting: this.remaining(order.id) } : result;
  }

  restore(order: VenueOrder): void {
    invariant(this.#orders.get(order.id) === undefined, `order ids at a venue are unique: ${order.id} waits already`);
    this.#orders.add(restingOrder(order));
  }

  cancel(id: string, most?: Quantity): Quantity | null {
    const order = this.#orders.get(id);
    if (order === undefined) return null;
    const given = Math.min(order.remaining, most ?? order.remaining);
    this.#orders.reduce(order, given);
    return shares(given);
  }

  amend(id: string, price: Won, quantity: Quantity, at: Temporal.Instant): SubmitResult | null {
    const order = this.#orders.get(id);
    if (order === undefined) return null;
    const type = price === 0 ? order.type : 'limit';
    const changed: VenueOrder = { ...order, type, price, quantity, timeInForce: 'day' };
    const reason = refusalOf(changed, this.#phase, this.#rules);
    if (reason !== null) return { kind: 'rejected', reason };
    if (price === order.price && quantity <= order.remaining) {
      this.#orders.reduce(order, order.remaining - quantity);
      return { kind: 'accepted', trades: [], resting: quantity, cancelled: shares(0) };
    }
    this.#orders.reduce(order, order.remaining);
    return this.submit(changed, at);
  }

  remaining(id: string): Quantity {
    return shares(this.#orders.get(id)?.remaining ?? 0);
  }

  indicative(): { readonly price: Won; readonly quantity: Quantity } | null {
    if (this.#phase !== 'auction') return null;
    const result = this.#auction();
    return result === null ? null : { price: result.price, quantity: shares(result.quantity) };
  }

  depth(levels: number, at: Temporal.Instant): OrderBook {
    return {
      instrument: this.instrument.id,
      at,
      asks: bestLevels(this.#orders.levels('sell'), levels),
      bids: bestLevels(this.#orders.levels('buy'), levels),
    };
  }

  /** Whether an all-or-nothing order finds all its shares now; one that would move too far sets off an interruption. */
  #fillsWhole(order: RestingOrder, at: Temporal.Instant): boolean {
    const other = opposite(order.side);
    if (order.type === 'mid') {
      return this.#orders.middle() !== null && this.#orders.queued('mid', other) >= order.remaining;
    }
    const levels = this.#orders.levels(other);
    if (levels.quantityThrough(worst(order)) < order.remaining) return false;
    return !this.#interrupts(levels.priceOf(order.remaining), this.#lastPrice, at);
  }

  #match(taker: RestingOrder, at: Temporal.Instant): VenueTrade[] {
    const trades: VenueTrade[] = [];
    const reference = this.#lastPrice;
    while (taker.remaining > 0) {
      const next = this.#nextMaker(taker);
      if (next === null || this.#interrupts(next.price, reference, at)) break;
      trades.push(this.#trade(next.maker, taker, next.price, at));
    }
    return trades;
  }

  /** Who trades with `taker` next, and at what price: the middle where both gain by it, then the best level. */
  #nextMaker(taker: RestingOrder): { readonly maker: RestingOrder; readonly price: Won } | null {
    const other = opposite(taker.side);
    const level = this.#orders.levels(other).best;
    const mid = this.#orders.queue('mid', other).values().next().value;
    const middle = mid === undefined ? null : this.#orders.middle();
    const limit = worst(taker);
    if (mid !== undefined && middle !== null) {
      const isBetter = level !== undefined && middle !== level.price;
      if (taker.type === 'mid' || (isBetter && isWithin(taker.side, middle, limit))) {
        return { maker: mid, price: won(middle) };
      }
    }
    if (taker.type === 'mid' || level === undefined || !isWithin(taker.side, level.price, limit)) return null;
    const maker = level.orders.values().next().value;
    return maker === undefined ? null : { maker, price: level.price };
  }

  /** Mid-price orders of both sides that waited for a middle find each other as soon as there is one. */
  #matchMids(trades: VenueTrade[], at: Temporal.Instant): void {
    while (this.#phase === 'continuous') {
      const buyer = this.#orders.queue('mid', 'buy').values().next().value;
      const seller = this.#orders.queue('mid', 'sell').values().next().value;
      const middle = buyer === undefined || seller === undefined ? null : this.#orders.middle();
      if (buyer === undefined || seller === undefined || middle === null) return;
      if (this.#interrupts(middle, this.#lastPrice, at)) return;
      trades.push(this.#trade(seller, buyer, won(middle), at));
    }
  }

  /** True when a trade at `price` must not happen; continuous trading is over then. */
  #interrupts(price: number, lastPrice: number, at: Temporal.Instant): boolean {
    if (this.#volatility === undefined) return false;
    const trigger = volatilityTrigger(price, { singlePrice: this.#singlePrice, lastPrice }, this.#volatility);
    if (trigger === null) return false;
    this.#interruption = { ...trigger, at };
    this.#phase = 'auction';
    return true;
  }

  /** Takes the traded shares off both orders; the maker waits in the book, the taker need not. */
  #trade(maker: RestingOrder, taker: RestingOrder, price: Won, at: Temporal.Instant): VenueTrade {
    const traded = Math.min(maker.remaining, taker.remaining);
    this.#orders.reduce(maker, traded);
    if (this.#orders.get(taker.id) === taker) this.#orders.reduce(taker, traded);
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
    if (order.remaining > 0) this.#orders.add(order);
    return { kind: 'accepted', trades, resting: shares(order.remaining), cancelled: shares(0) };
  }

  #auction() {
    return auctionOf(this.#orders, { ...this.#rules, lastPrice: this.#lastPrice });
  }

  #printAuction(at: Temporal.Instant): VenueTrade[] {
    const result = this.#auction();
    const trades: VenueTrade[] = [];
    if (result !== null) {
      allotAuction(this.#orders, result, (seller, buyer, price) => {
        const trade = this.#trade(seller, buyer, price, at);
        trades.push(trade);
        return trade.quantity;
      });
      this.#singlePrice = result.price;
    }
    for (const side of ['buy', 'sell'] as const) {
      for (const order of this.#orders.queue('market', side).values()) this.#orders.reduce(order, order.remaining);
    }
    return trades;
  }
}

function restingOrder({ id, owner, side, type, price, quantity }: VenueOrder): RestingOrder {
  return { id, owner, side, type, price, remaining: quantity };
}

function opposite(side: OrderSide): OrderSide {
  return side === 'buy' ? 'sell' : 'buy';
}

/** The worst price `order` would take. */
function worst(order: RestingOrder): number {
  if (order.type === 'limit') return order.price;
  return order.side === 'buy' ? Number.POSITIVE_INFINITY : 0;
}

function isWithin(side: OrderSide, price: number, limit: number): boolean {
  return side === 'buy' ? price <= limit : price >= limit;
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
