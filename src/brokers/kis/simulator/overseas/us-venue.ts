import type { BrokerEnvironment } from '#domain/environment.ts';
import type { OrderSide } from '#domain/order.ts';

import type { SessionRule } from '../venue/hours/trading-phases.ts';
import type { VenueClock } from '../venue/venue-clock.ts';
import type { VenueEvent } from '../venue/venue-event.ts';
import type { VenueState } from '../venue/venue-state.ts';
import type { UsSimulatedOrder } from './us-account.ts';
import { usDivisions } from './us-divisions.ts';
import type { UsEvent } from './us-event.ts';
import { usCommission } from './us-fees.ts';
import { usExchangeOf, usListingOf, type UsListing } from './us-listings.ts';
import { isInReach, usOutcome } from './us-matching.ts';
import { UsPrices } from './us-prices.ts';
import { newYorkDate, nextUsTradingDay, usDay, type UsDay } from './us-sessions.ts';

/** Why a US order is refused, in our words. */
export type UsRefusal = 'closed' | 'cash' | 'shares' | 'nothing-left' | 'division' | 'symbol' | 'price';

export type UsAnswer =
  | { readonly kind: 'accepted'; readonly number: number; readonly at: number }
  | { readonly kind: 'refused'; readonly refusal: UsRefusal };

/** An order as it came over the wire, numbers read; the price in 1/10,000 dollar. */
export interface UsIncomingOrder {
  readonly environment: BrokerEnvironment;
  /** `OVRS_EXCG_CD`. */
  readonly exchange: string;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly division: string;
  readonly price: number;
  readonly quantity: number;
}

export interface UsIncomingChange {
  readonly environment: BrokerEnvironment;
  readonly action: 'amend' | 'cancel';
  readonly original: number;
  readonly price: number;
  /** Null means all that is left. */
  readonly quantity: number | null;
}

/** Something the broker tells about a US order by push. */
export interface UsNotice {
  readonly kind: 'accepted' | 'amended' | 'cancelled' | 'expired' | 'filled';
  readonly order: Readonly<UsSimulatedOrder>;
  readonly quantity: number;
  readonly price: number;
  readonly at: number;
}

export interface UsVenueOptions {
  readonly clock: VenueClock;
  readonly session: SessionRule;
  readonly state: VenueState;
  /** Writes events down as one and folds them, or throws. */
  readonly record: (events: readonly VenueEvent[]) => void;
  readonly onNotices: (notices: readonly UsNotice[]) => void;
}

/** The simulated US market behind both hosts: prices from time alone, orders and money from the log. */
export class UsVenue {
  readonly prices: UsPrices;
  readonly session: SessionRule;
  readonly #options: UsVenueOptions;
  /** How far orders were played; 0 after a start, because prices of every moment are known and nothing happens twice. */
  #reached = 0;

  constructor(options: UsVenueOptions) {
    this.#options = options;
    this.session = options.session;
    this.prices = new UsPrices(options.session);
  }

  /** Market time in epoch milliseconds. */
  get now(): number {
    return this.#options.clock.now().epochMilliseconds;
  }

  /** Today in New York. */
  get date(): Temporal.PlainDate {
    return newYorkDate(this.now);
  }

  /** The trading day that now is in; null outside 04:00 to 20:00. */
  get openDay(): UsDay | null {
    const { now } = this;
    const day = usDay(newYorkDate(now), this.session);
    return day !== null && day.from <= now && now < day.to ? day : null;
  }

  /** Plays fills and expiries up to the clock's present. */
  advance(): void {
    const to = this.now;
    const from = this.#reached;
    if (to <= from) return;
    const outcomes = this.#openOrders()
      .flatMap((order) => this.#outcomeOf(order, from, to))
      .sort((a, b) => a.at - b.at || a.order.number - b.order.number);
    const events = outcomes.map(({ event }) => event);
    if (events.length > 0) this.#options.record(events);
    this.#reached = to;
    this.#options.onNotices(outcomes.map((outcome) => noticeOf(outcome)));
  }

  place(incoming: UsIncomingOrder): UsAnswer {
    this.advance();
    const listing = usListingOf(incoming.symbol);
    if (listing === null || usExchangeOf(incoming.exchange) !== listing.exchange) return refused('symbol');
    const refusal = this.#check(incoming, listing);
    if (refusal !== null) return refused(refusal);
    return this.#accept(incoming, listing, { original: null, action: 'new', before: [] });
  }

  change(incoming: UsIncomingChange): UsAnswer {
    this.advance();
    const account = this.#options.state.us[incoming.environment];
    const live = account.liveOrder(incoming.original);
    if (live === null) return refused('nothing-left');
    const shares = incoming.quantity ?? live.remaining;
    if (shares < 1 || shares > live.remaining) return refused('nothing-left');
    if (this.openDay === null) return refused('closed');
    return incoming.action === 'cancel' ? this.#cancel(live, shares) : this.#amend(live, incoming, shares);
  }

  #check(incoming: UsIncomingOrder, { symbol }: UsListing): UsRefusal | null {
    const division = usDivisions[incoming.division];
    const isKnown = division !== undefined && division.sides.includes(incoming.side);
    if (!isKnown || (incoming.environment === 'paper' && incoming.division !== '00')) return 'division';
    const day = this.openDay;
    if (day === null) return 'closed';
    if (division.session === 'open' && this.now >= day.open) return 'closed';
    if (division.session === 'close' && this.now >= day.close) return 'closed';
    if (!division.isMarket && incoming.price <= 0) return 'price';
    const account = this.#options.state.us[incoming.environment];
    if (incoming.side === 'sell') return incoming.quantity > account.freeShares(symbol) ? 'shares' : null;
    return costOf(incoming.price, incoming.quantity) > account.freeCash() ? 'cash' : null;
  }

  /** Gives out a number; an order that the last print reaches already trades at that better price. */
  #accept(
    incoming: UsIncomingOrder,
    listing: UsListing,
    how: {
      readonly original: number | null;
      readonly action: 'new' | 'amend';
      readonly before: readonly UsEvent[];
    },
  ): UsAnswer {
    const { environment, side, division, price, quantity } = incoming;
    const number = this.#options.state.lastNumber + 1;
    const at = this.now;
    const placed: UsEvent = {
      kind: 'us-order',
      environment,
      number,
      original: how.original,
      action: how.action,
      symbol: listing.symbol,
      side,
      division,
      price,
      quantity,
      at,
      date: this.date.toString(),
    };
    const last = this.prices.priceAt(listing, at);
    const isAtOnce = usDivisions[division]?.session === 'day' && isInReach({ side, price }, last);
    const fills = isAtOnce ? [this.#fillEvent({ environment, number, quantity }, last, at)] : [];
    this.#options.record([...how.before, placed, ...fills]);
    const order = this.#order(environment, number);
    const notices: UsNotice[] = [
      { kind: how.action === 'new' ? 'accepted' : 'amended', order: { ...order }, quantity, price, at },
    ];
    if (isAtOnce) notices.push({ kind: 'filled', order: { ...order }, quantity, price: last, at });
    this.#options.onNotices(notices);
    return { kind: 'accepted', number, at };
  }

  #cancel(live: UsSimulatedOrder, shares: number): UsAnswer {
    const { environment, side, division, price, listing } = live;
    const number = this.#options.state.lastNumber + 1;
    const at = this.now;
    const row: UsEvent = {
      kind: 'us-order',
      environment,
      number,
      original: live.number,
      action: 'cancel',
      symbol: listing.symbol,
      side,
      division,
      price,
      quantity: shares,
      at,
      date: this.date.toString(),
    };
    this.#options.record([row, closedEvent(live, shares, 'cancelled', at)]);
    const order = { ...this.#order(environment, number) };
    this.#options.onNotices([{ kind: 'cancelled', order, quantity: shares, price, at }]);
    return { kind: 'accepted', number, at };
  }

  #amend(live: UsSimulatedOrder, incoming: UsIncomingChange, shares: number): UsAnswer {
    if (incoming.price <= 0) return refused('price');
    const { environment, side, division, listing } = live;
    const account = this.#options.state.us[environment];
    const freed = account.freeCash() + costOf(live.price, live.remaining);
    const kept = costOf(live.price, live.remaining - shares);
    if (side === 'buy' && costOf(incoming.price, shares) + kept > freed) return refused('cash');
    const next = { environment, side, division, price: incoming.price, quantity: shares };
    return this.#accept({ ...next, exchange: listing.exchange, symbol: listing.symbol }, listing, {
      original: live.number,
      action: 'amend',
      before: [closedEvent(live, shares, 'amended', this.now)],
    });
  }

  #openOrders(): readonly UsSimulatedOrder[] {
    return Object.values(this.#options.state.us).flatMap((account) => account.openOrders());
  }

  #outcomeOf(
    order: UsSimulatedOrder,
    from: number,
    to: number,
  ): readonly { order: UsSimulatedOrder; at: number; event: UsEvent }[] {
    const day = usDay(Temporal.PlainDate.from(order.date), this.session);
    const since = Math.max(from, order.at);
    // A log that was written under another session rule may hold an order of a day that does not trade now.
    const outcome =
      day === null ? { kind: 'expire' as const, at: to } : usOutcome(order, day, this.prices, { from: since, to });
    if (outcome === null) return [];
    const { at } = outcome;
    const { environment, number, remaining: quantity } = order;
    const event =
      outcome.kind === 'fill'
        ? this.#fillEvent({ environment, number, quantity }, outcome.price, at)
        : closedEvent(order, quantity, 'expired', at);
    return [{ order, at, event }];
  }

  #fillEvent(
    of: { readonly environment: BrokerEnvironment; readonly number: number; readonly quantity: number },
    price: number,
    at: number,
  ): UsEvent {
    const date = newYorkDate(at);
    return {
      kind: 'us-fill',
      ...of,
      price,
      fee: usCommission(price * of.quantity),
      at,
      date: date.toString(),
      settles: nextUsTradingDay(date, this.session).toString(),
    };
  }

  #order(environment: BrokerEnvironment, number: number): UsSimulatedOrder {
    const order = this.#options.state.us[environment].orders.get(number);
    if (order === undefined) throw new RangeError(`Order ${number} was given out a moment ago`);
    return order;
  }
}

/** What a buy costs at most, fee included. */
function costOf(price: number, quantity: number): number {
  const value = price * quantity;
  return Number.isSafeInteger(value) ? value + usCommission(value) : Number.POSITIVE_INFINITY;
}

function closedEvent(
  { environment, number }: UsSimulatedOrder,
  quantity: number,
  reason: 'cancelled' | 'amended' | 'expired',
  at: number,
): UsEvent {
  return { kind: 'us-closed', environment, number, quantity, reason, at };
}

function noticeOf({ order, at, event }: { order: UsSimulatedOrder; at: number; event: UsEvent }): UsNotice {
  const price = event.kind === 'us-fill' ? event.price : order.price;
  const kind = event.kind === 'us-fill' ? 'filled' : 'expired';
  return { kind, order: { ...order }, quantity: event.quantity, price, at };
}

function refused(refusal: UsRefusal): UsAnswer {
  return { kind: 'refused', refusal };
}
