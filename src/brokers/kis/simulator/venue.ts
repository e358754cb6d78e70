import type { BrokerEnvironment } from '#domain/environment.ts';
import type { Instrument } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import { quantity } from '#domain/quantity.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';
import type { SubmitResult, VenueTrade } from '#exchange/venue.ts';

import type { SimulatedOrder } from './account-state.ts';
import type { Print } from './day-stats.ts';
import { MarketFloor, type Desk } from './market-floor.ts';
import type { MarketSource } from './market-source.ts';
import { checkMeans, checkOrder, type CheckedOrder, type IncomingOrder } from './order-check.ts';
import { orderDivisionTable } from './order-divisions.ts';
import type { Refusal } from './reject-answers.ts';
import type { SessionRule } from './trading-phases.ts';
import type { VenueClock } from './venue-clock.ts';
import type { VenueEvent } from './venue-event.ts';
import type { VenueLog } from './venue-log.ts';
import type { VenueNotice } from './venue-notice.ts';
import { VenueOutbox, type VenueListener } from './venue-outbox.ts';
import type { VenueState } from './venue-state.ts';

/** How an order or a change ended at the venue. */
export type VenueAnswer =
  | { readonly kind: 'accepted'; readonly number: number; readonly at: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** A wish to amend or cancel; `quantity` null means all that is left. */
export interface IncomingChange {
  readonly environment: BrokerEnvironment;
  readonly action: 'amend' | 'cancel';
  readonly original: number;
  readonly division: string;
  readonly price: number;
  readonly quantity: number | null;
}

export interface VenueOptions {
  readonly market: MarketSource;
  readonly clock: VenueClock;
  readonly session: SessionRule;
  readonly state: VenueState;
  readonly log: VenueLog;
  readonly listener: VenueListener;
}

/**
 * The simulated exchange and ledger behind both hosts. Every public operation is one transaction: its events reach the
 * log together before it returns and before anybody is told, so a process that dies in between has promised nothing.
 */
export class Venue {
  readonly floor: MarketFloor;
  readonly state: VenueState;
  readonly #options: VenueOptions;
  readonly #outbox: VenueOutbox;

  constructor(options: VenueOptions) {
    this.#options = options;
    this.state = options.state;
    this.#outbox = new VenueOutbox(options.log, options.listener);
    this.floor = new MarketFloor({
      market: options.market,
      session: options.session,
      listener: {
        onTrade: (desk, trade, print) => this.#onTrade(desk, trade, print),
        onBook: (desk) => this.#outbox.book(desk),
        onAuctionEnd: (at) => this.#closeVanished(at),
        onClose: (at) => this.#expireAll(at),
      },
    });
  }

  /** Opens the day the log stopped in, puts open orders back and plays on to the clock's present. */
  start(): void {
    this.#outbox.transact(() => {
      const now = this.#options.clock.now();
      const { date } = this.state;
      const from = seoulDate(now).equals(date) ? now : lastInstantOf(date);
      this.#openDay(date, from);
      this.#advanceTo(now);
    });
  }

  /** Plays the market up to the clock's present. */
  advance(): void {
    this.#outbox.transact(() => this.#advanceTo(this.#options.clock.now()));
  }

  place(incoming: IncomingOrder): VenueAnswer {
    return this.#outbox.transact(() => {
      const at = this.#present();
      const checked = checkOrder(incoming, this.floor, this.state.date);
      if (checked.kind === 'refused') return checked;
      const refusal = checkMeans(this.state.accounts[incoming.environment], incoming, checked.order);
      if (refusal !== null) return { kind: 'refused', refusal };
      return this.#accept(incoming, checked.order, { original: null, at });
    });
  }

  change(incoming: IncomingChange): VenueAnswer {
    return this.#outbox.transact(() => {
      const at = this.#present();
      const live = this.state.accounts[incoming.environment].liveOrder(incoming.original);
      if (live === null || this.floor.phase === 'closed') return { kind: 'refused', refusal: 'nothing-left' };
      const shares = incoming.quantity ?? live.remaining;
      if (shares > live.remaining || shares < 1) return { kind: 'refused', refusal: 'nothing-left' };
      return incoming.action === 'cancel' ? this.#cancel(live, shares, at) : this.#amend(live, incoming, shares, at);
    });
  }

  /** The exchange's late refusal of an order the broker had taken: a fault, switched on at the console. */
  refuse(environment: BrokerEnvironment, number: number): void {
    this.#outbox.transact(() => {
      const order = this.state.accounts[environment].liveOrder(number);
      if (order === null) return;
      this.#close(order, order.remaining, 'refused', this.#present());
    });
  }

  /** Moves the crowd's fair value of `symbol`; false when nothing of that code is listed. */
  push(symbol: string, price: Won, shares: number | null): boolean {
    return this.#outbox.transact(() => {
      const desk = this.floor.desk(symbol);
      if (desk === null) return false;
      const at = this.#present();
      this.floor.report(desk, desk.crowd.push(desk.book, price, at, shares));
      this.#emit({ kind: 'pushed', symbol, price, at: at.epochMilliseconds });
      return true;
    });
  }

  /** Writes events that are no orders: tokens, approvals, the clock. */
  record(event: VenueEvent): void {
    this.#outbox.transact(() => this.#emit(event));
  }

  #advanceTo(now: Temporal.Instant): void {
    const today = seoulDate(now);
    if (Temporal.PlainDate.compare(today, this.state.date) > 0) {
      this.floor.advance(lastInstantOf(this.state.date));
      this.#rollTo(today);
    }
    this.floor.advance(now);
  }

  #rollTo(next: Temporal.PlainDate): void {
    const closedAt = this.floor.reached;
    this.#expireAll(closedAt);
    const bars = this.floor.dayBars();
    this.#emit({ kind: 'day', date: this.state.date.toString(), next: next.toString(), bars });
    this.#openDay(next, next.toZonedDateTime('Asia/Seoul').toInstant());
  }

  #openDay(date: Temporal.PlainDate, from: Temporal.Instant): void {
    const enter = (): void => this.#reenter(from);
    this.floor.openDay(date, from, (instrument) => this.#basePrice(instrument, date), enter);
    if (this.floor.phase === 'closed') this.#expireAll(from);
    if (this.floor.phase === 'continuous') this.#pushAgain(from);
  }

  /** A restart during the day finds the market where the console had moved it. */
  #pushAgain(at: Temporal.Instant): void {
    for (const [symbol, price] of this.state.pushes) {
      const desk = this.floor.desk(symbol);
      if (desk !== null) this.floor.report(desk, desk.crowd.push(desk.book, price, at, null));
    }
  }

  /** The venue's own last close counts before what the market source says of the past. */
  #basePrice(instrument: Instrument, date: Temporal.PlainDate): Won {
    const day = date.toString();
    const recorded = [...this.state.bars.keys()]
      .filter((key) => key < day)
      .sort()
      .at(-1);
    const bar = recorded === undefined ? undefined : this.state.bars.get(recorded)?.get(instrument.symbol);
    return bar === undefined ? this.#options.market.basePrice(instrument, date) : won(bar.close);
  }

  #reenter(at: Temporal.Instant): void {
    if (this.floor.phase === 'closed') return;
    for (const account of Object.values(this.state.accounts)) {
      for (const order of account.openOrders()) {
        const desk = this.floor.desk(order.instrument.symbol);
        invariant(desk !== null, `open order ${order.number} is of a listed instrument`);
        this.#settle(desk, order, this.#submit(desk, order, at), at.epochMilliseconds);
      }
    }
  }

  #accept(
    incoming: IncomingOrder,
    checked: CheckedOrder,
    how: { original: number | null; at: Temporal.Instant },
  ): VenueAnswer {
    const number = this.state.lastNumber + 1;
    const { desk } = checked;
    const at = how.at.epochMilliseconds;
    const event: VenueEvent = {
      kind: 'order',
      environment: incoming.environment,
      number,
      original: how.original,
      action: how.original === null ? 'new' : 'amend',
      symbol: incoming.symbol,
      side: incoming.side,
      division: incoming.division,
      price: checked.price,
      marginPrice: checked.marginPrice,
      quantity: incoming.quantity,
      at,
      date: this.state.date.toString(),
      exchange: incoming.exchange,
    };
    this.#emit(event);
    const order = this.#order(incoming.environment, number);
    this.#notify(how.original === null ? 'accepted' : 'amended', order, {
      quantity: order.quantity,
      price: order.price,
      at,
    });
    this.#settle(desk, order, this.#submit(desk, order, how.at), at);
    return { kind: 'accepted', number, at };
  }

  #submit(desk: Desk, order: SimulatedOrder, at: Temporal.Instant): SubmitResult {
    const division = orderDivisionTable[order.division];
    invariant(division !== undefined, `order ${order.number} has a kind the venue knows`);
    return desk.book.submit(
      {
        id: bookId(order.environment, order.number),
        owner: order.environment,
        side: order.side,
        type: division.type === 'market' ? 'market' : 'limit',
        timeInForce: division.timeInForce,
        price: order.price,
        quantity: quantity(order.remaining),
      },
      at,
    );
  }

  /** Books what came of a submission. An order the book turns away was checked before, so that is a late refusal. */
  #settle(desk: Desk, order: SimulatedOrder, result: SubmitResult, at: number): void {
    if (result.kind === 'rejected') {
      this.#close(order, order.remaining, 'refused', Temporal.Instant.fromEpochMilliseconds(at));
      return;
    }
    this.floor.report(desk, result.trades);
    if (result.cancelled > 0) {
      this.#close(order, result.cancelled, 'remainder', Temporal.Instant.fromEpochMilliseconds(at));
    }
  }

  #cancel(live: SimulatedOrder, shares: number, at: Temporal.Instant): VenueAnswer {
    const number = this.state.lastNumber + 1;
    this.#withdraw(live, shares, at);
    this.#emit({
      ...orderFields(live),
      number,
      original: live.number,
      action: 'cancel',
      quantity: shares,
      at: at.epochMilliseconds,
      date: this.state.date.toString(),
    });
    this.#emit({
      kind: 'closed',
      environment: live.environment,
      number: live.number,
      quantity: shares,
      reason: 'cancelled',
      at: at.epochMilliseconds,
    });
    const row = this.#order(live.environment, number);
    this.#notify('cancelled', row, { quantity: shares, price: live.price, at: at.epochMilliseconds });
    return { kind: 'accepted', number, at: at.epochMilliseconds };
  }

  #amend(live: SimulatedOrder, change: IncomingChange, shares: number, at: Temporal.Instant): VenueAnswer {
    const incoming: IncomingOrder = {
      ...orderFields(live),
      division: change.division,
      price: change.price,
      quantity: shares,
    };
    const checked = checkOrder(incoming, this.floor, this.state.date);
    if (checked.kind === 'refused') return checked;
    if (!this.#affordsAmendment(live, incoming, checked.order, shares)) return { kind: 'refused', refusal: 'cash' };
    this.#withdraw(live, shares, at);
    this.#emit({
      kind: 'closed',
      environment: live.environment,
      number: live.number,
      quantity: shares,
      reason: 'amended',
      at: at.epochMilliseconds,
    });
    return this.#accept(incoming, checked.order, { original: live.number, at });
  }

  /** The amended shares give back their own margin before the new price is asked for. */
  #affordsAmendment(live: SimulatedOrder, incoming: IncomingOrder, checked: CheckedOrder, shares: number): boolean {
    if (incoming.side === 'sell') return true;
    const account = this.state.accounts[live.environment];
    const before = won(live.marginPrice * shares);
    const after = won(checked.marginPrice * shares);
    return after - before <= account.freeCash();
  }

  #withdraw(live: SimulatedOrder, shares: number, at: Temporal.Instant): void {
    const desk = this.floor.desk(live.instrument.symbol);
    invariant(desk !== null, `live order ${live.number} is of a listed instrument`);
    const id = bookId(live.environment, live.number);
    const rest = live.remaining - shares;
    if (rest === 0) desk.book.cancel(id);
    else desk.book.amend(id, live.price, quantity(rest), at);
    this.#outbox.book(desk);
  }

  #onTrade(desk: Desk, trade: VenueTrade, print: Print): void {
    this.#outbox.print(desk, print);
    this.#onSide(trade, trade.makerId, trade.makerOwner);
    this.#onSide(trade, trade.takerId, trade.takerOwner);
  }

  #onSide(trade: VenueTrade, id: string, owner: string): void {
    if (owner !== 'paper' && owner !== 'real') return;
    const number = Number(id.slice(owner.length + 1));
    const at = trade.at.epochMilliseconds;
    const { price } = trade;
    this.#emit({
      kind: 'fill',
      environment: owner,
      number,
      price,
      quantity: trade.quantity,
      at,
      date: this.state.date.toString(),
    });
    this.#notify('filled', this.#order(owner, number), { quantity: trade.quantity, price, at });
  }

  /** Orders that the book no longer holds although shares are left: market orders after an auction. */
  #closeVanished(at: Temporal.Instant): void {
    for (const account of Object.values(this.state.accounts)) {
      for (const order of account.openOrders()) {
        const left = this.floor.desk(order.instrument.symbol)?.book.remaining(bookId(order.environment, order.number));
        if (left === 0) this.#close(order, order.remaining, 'remainder', at);
      }
    }
  }

  #expireAll(at: Temporal.Instant): void {
    for (const account of Object.values(this.state.accounts)) {
      for (const order of account.openOrders()) this.#close(order, order.remaining, 'expired', at);
    }
  }

  #close(
    order: SimulatedOrder,
    shares: number,
    reason: 'expired' | 'remainder' | 'refused',
    at: Temporal.Instant,
  ): void {
    const desk = this.floor.desk(order.instrument.symbol);
    desk?.book.cancel(bookId(order.environment, order.number));
    this.#emit({
      kind: 'closed',
      environment: order.environment,
      number: order.number,
      quantity: shares,
      reason,
      at: at.epochMilliseconds,
    });
    this.#notify(reason, order, { quantity: shares, price: order.price, at: at.epochMilliseconds });
  }

  #order(environment: BrokerEnvironment, number: number): SimulatedOrder {
    const order = this.state.accounts[environment].orders.get(number);
    invariant(order !== undefined, `order ${number} of the book was given out by the broker`);
    return order;
  }

  #notify(
    kind: VenueNotice['kind'],
    order: SimulatedOrder,
    what: Pick<VenueNotice, 'quantity' | 'price' | 'at'>,
  ): void {
    this.#outbox.notice({ kind, environment: order.environment, order: { ...order }, ...what });
  }

  #emit(event: VenueEvent): void {
    this.state.apply(event);
    this.#outbox.event(event);
  }

  /** Market time of an operation: never before what was already played. */
  #present(): Temporal.Instant {
    this.#advanceTo(this.#options.clock.now());
    return this.floor.reached;
  }
}

function bookId(environment: BrokerEnvironment, number: number): string {
  return `${environment}:${number}`;
}

function orderFields(order: SimulatedOrder) {
  return {
    kind: 'order' as const,
    environment: order.environment,
    symbol: order.instrument.symbol,
    side: order.side,
    division: order.division,
    price: order.price,
    marginPrice: order.marginPrice,
    exchange: order.exchange,
  };
}

/** One millisecond before midnight: the last moment that belongs to `date`. */
function lastInstantOf(date: Temporal.PlainDate): Temporal.Instant {
  return date.add({ days: 1 }).toZonedDateTime('Asia/Seoul').toInstant().subtract({ milliseconds: 1 });
}
