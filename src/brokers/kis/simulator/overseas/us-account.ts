import type { BrokerEnvironment } from '#domain/environment.ts';
import { invariant } from '#domain/invariant.ts';
import type { OrderSide } from '#domain/order.ts';

import type { UsEvent } from './us-event.ts';
import { usCommission } from './us-fees.ts';
import { usListingOf, type UsListing } from './us-listings.ts';

type UsOrderEvent = Extract<UsEvent, { kind: 'us-order' }>;

/** One number given out for a US order, and what became of it. Money in 1/10,000 dollar. */
export interface UsSimulatedOrder extends Omit<UsOrderEvent, 'kind' | 'symbol'> {
  readonly listing: UsListing;
  filled: number;
  filledValue: number;
  filledAt: number;
  remaining: number;
  cancelled: number;
  /** The amendment that took over. */
  successor: number | null;
}

export interface UsFill {
  readonly number: number;
  readonly listing: UsListing;
  readonly side: OrderSide;
  readonly price: number;
  readonly quantity: number;
  readonly fee: number;
  readonly at: number;
  readonly date: string;
  /** yyyy-mm-dd from which the money is there. */
  readonly settles: string;
  /** Of a sale: what the shares had cost, buying fees included; 0 of a buy. */
  readonly cost: number;
}

export interface UsHolding {
  readonly listing: UsListing;
  readonly quantity: number;
  /** Price times shares of what is held. */
  readonly cost: number;
  /** Fees paid for it. */
  readonly fees: number;
}

/** Dollars and US shares of one account: a fold of the events of its environment. */
export class UsAccount {
  readonly environment: BrokerEnvironment;
  readonly start: number;
  readonly orders = new Map<number, UsSimulatedOrder>();
  readonly fills: UsFill[] = [];
  readonly holdings = new Map<string, UsHolding>();
  readonly #open = new Set<UsSimulatedOrder>();
  #cash: number;

  constructor(environment: BrokerEnvironment, start: number) {
    this.environment = environment;
    this.start = start;
    this.#cash = start;
  }

  /** Dollars after all trades have settled. */
  get cash(): number {
    return this.#cash;
  }

  /** Dollars that are there on `date`: trades that settle later are not in it. */
  settledCash(date: Temporal.PlainDate): number {
    const day = date.toString();
    let cash = this.#cash;
    for (const fill of this.fills) if (fill.settles > day) cash -= moneyOf(fill);
    return cash;
  }

  /** Dollars that a new buy may use; what open buys may still cost is held back, fees included. */
  freeCash(): number {
    let held = 0;
    for (const order of this.#open) {
      const value = order.price * order.remaining;
      if (order.side === 'buy') held += value + usCommission(value);
    }
    return this.#cash - held;
  }

  /** Shares that no open sale has spoken for. */
  freeShares(symbol: string): number {
    let shares = this.holdings.get(symbol)?.quantity ?? 0;
    for (const order of this.#open) {
      if (order.side === 'sell' && order.listing.symbol === symbol) shares -= order.remaining;
    }
    return shares;
  }

  /** Oldest first. */
  openOrders(): readonly UsSimulatedOrder[] {
    return [...this.#open];
  }

  /** The live order behind `number`, which may be an ancestor's; null when nothing is left. */
  liveOrder(number: number): UsSimulatedOrder | null {
    let order = this.orders.get(number);
    while (order !== undefined && order.remaining === 0 && order.successor !== null) {
      order = this.orders.get(order.successor);
    }
    return order === undefined || order.remaining === 0 ? null : order;
  }

  apply(event: UsEvent): void {
    switch (event.kind) {
      case 'us-order':
        return this.#order(event);
      case 'us-fill':
        return this.#fill(event);
      case 'us-closed':
        return this.#closed(event);
    }
  }

  #order({ kind: _kind, symbol, ...event }: UsOrderEvent): void {
    const listing = usListingOf(symbol);
    invariant(listing !== null, `${symbol} is listed abroad`);
    invariant(!this.orders.has(event.number), `number ${event.number} is given out once`);
    const remaining = event.action === 'cancel' ? 0 : event.quantity;
    const order = {
      ...event,
      listing,
      filled: 0,
      filledValue: 0,
      filledAt: 0,
      remaining,
      cancelled: 0,
      successor: null,
    };
    this.orders.set(event.number, order);
    if (remaining > 0) this.#open.add(order);
    const original = event.original === null ? undefined : this.orders.get(event.original);
    if (original !== undefined && event.action === 'amend') original.successor = event.number;
  }

  #fill(event: Extract<UsEvent, { kind: 'us-fill' }>): void {
    const order = this.#take(event.number, event.quantity);
    order.filled += event.quantity;
    order.filledValue += event.price * event.quantity;
    order.filledAt = event.at;
    const { listing, side } = order;
    const cost = side === 'buy' ? 0 : this.#sell(listing, event.quantity);
    if (side === 'buy') this.#buy(listing, event);
    const { number, price, quantity, fee, at, date, settles } = event;
    const fill: UsFill = { number, listing, side, price, quantity, fee, at, date, settles, cost };
    this.#cash += moneyOf(fill);
    this.fills.push(fill);
  }

  #buy(listing: UsListing, { price, quantity, fee }: Extract<UsEvent, { kind: 'us-fill' }>): void {
    const held = this.holdings.get(listing.symbol);
    this.holdings.set(listing.symbol, {
      listing,
      quantity: (held?.quantity ?? 0) + quantity,
      cost: (held?.cost ?? 0) + price * quantity,
      fees: (held?.fees ?? 0) + fee,
    });
  }

  /** Takes shares out at average cost, cut off to 1/10,000 dollar; the last shares take what is left. */
  #sell(listing: UsListing, quantity: number): number {
    const held = this.holdings.get(listing.symbol);
    invariant(held !== undefined && held.quantity >= quantity, `${quantity} of ${listing.symbol} are held`);
    const [cost, fees] = [held.cost, held.fees].map((sum) =>
      Number((BigInt(sum) * BigInt(quantity)) / BigInt(held.quantity)),
    );
    const left = held.quantity - quantity;
    if (left === 0) this.holdings.delete(listing.symbol);
    else {
      this.holdings.set(listing.symbol, {
        listing,
        quantity: left,
        cost: held.cost - (cost ?? 0),
        fees: held.fees - (fees ?? 0),
      });
    }
    return (cost ?? 0) + (fees ?? 0);
  }

  #closed(event: Extract<UsEvent, { kind: 'us-closed' }>): void {
    this.#take(event.number, event.quantity).cancelled += event.quantity;
  }

  #take(number: number, shares: number): UsSimulatedOrder {
    const order = this.orders.get(number);
    invariant(order !== undefined && shares <= order.remaining, `order ${number} has ${shares} shares left`);
    order.remaining -= shares;
    if (order.remaining === 0) this.#open.delete(order);
    return order;
  }
}

/** What a fill does to the cash: out for a buy, in for a sale, less the fee. */
export function moneyOf({ side, price, quantity, fee }: UsFill): number {
  return side === 'buy' ? -(price * quantity + fee) : price * quantity - fee;
}
