import type { BrokerEnvironment } from '#domain/environment.ts';
import { invariant } from '#domain/invariant.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { SubmitResult, VenueTrade } from '#exchange/venue.ts';

import type { SimulatedOrder } from './account-state.ts';
import type { Print } from './day-stats.ts';
import type { Desk, MarketFloor } from './market-floor.ts';
import { checkOrder, type CheckedOrder, type IncomingOrder } from './order-check.ts';
import { orderDivisionTable } from './order-divisions.ts';
import type { Refusal } from '../host/reject-answers.ts';
import type { VenueEvent } from './venue-event.ts';
import type { VenueNotice } from './venue-notice.ts';
import type { VenueOutbox } from './venue-outbox.ts';
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

/** The accounts' orders between ledger and books: every step becomes an event, and where it matters a notice. */
export class VenueOrders {
  readonly #floor: MarketFloor;
  readonly #state: VenueState;
  readonly #outbox: VenueOutbox;

  constructor(floor: MarketFloor, state: VenueState, outbox: VenueOutbox) {
    this.#floor = floor;
    this.#state = state;
    this.#outbox = outbox;
  }

  /** Puts the orders of an interrupted day back into the books. */
  reenter(at: Temporal.Instant): void {
    if (this.#floor.phase === 'closed') return;
    for (const account of Object.values(this.#state.accounts)) {
      for (const order of account.openOrders()) {
        // One that came before it may have traded with it already.
        if (order.remaining === 0) continue;
        const desk = this.#floor.desk(order.instrument.symbol);
        invariant(desk !== null, `open order ${order.number} is of a listed instrument`);
        this.#settle(desk, order, this.#submit(desk, order, at), at.epochMilliseconds);
      }
    }
  }

  /** Gives out a number for a checked order and lets it trade. */
  accept(
    incoming: IncomingOrder,
    checked: CheckedOrder,
    how: { original: number | null; at: Temporal.Instant },
  ): VenueAnswer {
    const number = this.#state.lastNumber + 1;
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
      date: this.#state.date.toString(),
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
      this.close(order, order.remaining, 'refused', Temporal.Instant.fromEpochMilliseconds(at));
      return;
    }
    this.#floor.report(desk, result.trades);
    if (result.cancelled > 0) {
      this.close(order, result.cancelled, 'remainder', Temporal.Instant.fromEpochMilliseconds(at));
    }
  }

  /** Takes `shares` of a live order back; the cancellation has a number of its own. */
  cancel(live: SimulatedOrder, shares: number, at: Temporal.Instant): VenueAnswer {
    const number = this.#state.lastNumber + 1;
    this.#withdraw(live, shares, at);
    this.#emit({
      ...orderFields(live),
      number,
      original: live.number,
      action: 'cancel',
      quantity: shares,
      at: at.epochMilliseconds,
      date: this.#state.date.toString(),
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

  /** Moves `shares` of a live order to a new number with a new price. */
  amend(live: SimulatedOrder, change: IncomingChange, shares: number, at: Temporal.Instant): VenueAnswer {
    const incoming: IncomingOrder = {
      ...orderFields(live),
      division: change.division,
      price: change.price,
      quantity: shares,
    };
    const checked = checkOrder(incoming, this.#floor, this.#state.date);
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
    return this.accept(incoming, checked.order, { original: live.number, at });
  }

  /** The amended shares give back their own margin before the new price is asked for. */
  #affordsAmendment(live: SimulatedOrder, incoming: IncomingOrder, checked: CheckedOrder, shares: number): boolean {
    if (incoming.side === 'sell') return true;
    const account = this.#state.accounts[live.environment];
    const before = won(live.marginPrice * shares);
    const after = won(checked.marginPrice * shares);
    return after - before <= account.freeCash();
  }

  #withdraw(live: SimulatedOrder, shares: number, at: Temporal.Instant): void {
    const desk = this.#floor.desk(live.instrument.symbol);
    invariant(desk !== null, `live order ${live.number} is of a listed instrument`);
    const id = bookId(live.environment, live.number);
    const rest = live.remaining - shares;
    if (rest === 0) desk.book.cancel(id);
    else desk.book.amend(id, live.price, quantity(rest), at);
    this.#outbox.book(desk);
  }

  /** Books the account's side of a trade, or both. */
  onTrade(desk: Desk, trade: VenueTrade, print: Print): void {
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
      date: this.#state.date.toString(),
    });
    this.#notify('filled', this.#order(owner, number), { quantity: trade.quantity, price, at });
  }

  /** Orders that the book no longer holds although shares are left: market orders after an auction. */
  closeVanished(at: Temporal.Instant): void {
    for (const account of Object.values(this.#state.accounts)) {
      for (const order of account.openOrders()) {
        const left = this.#floor.desk(order.instrument.symbol)?.book.remaining(bookId(order.environment, order.number));
        if (left === 0) this.close(order, order.remaining, 'remainder', at);
      }
    }
  }

  /** Ends everything that still rests. */
  expireAll(at: Temporal.Instant): void {
    for (const account of Object.values(this.#state.accounts)) {
      for (const order of account.openOrders()) this.close(order, order.remaining, 'expired', at);
    }
  }

  /** Ends `shares` of an order that the exchange will not trade any more. */
  close(
    order: SimulatedOrder,
    shares: number,
    reason: 'expired' | 'remainder' | 'refused',
    at: Temporal.Instant,
  ): void {
    const desk = this.#floor.desk(order.instrument.symbol);
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
    const order = this.#state.accounts[environment].orders.get(number);
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
    this.#state.apply(event);
    this.#outbox.event(event);
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
