import type { BrokerEnvironment } from '#domain/environment.ts';
import { invariant } from '#domain/invariant.ts';
import type { VenueTrade } from '#exchange/venue.ts';

import type { SimulatedOrder } from '../account-state.ts';
import type { CheckedOrder, IncomingOrder } from './order-check.ts';
import { orderFields } from './order-place.ts';
import type { VenueEvent } from '../venue-event.ts';
import type { VenueNotice } from '../venue-notice.ts';
import type { VenueOutbox } from '../venue-outbox.ts';
import type { VenueState } from '../venue-state.ts';

/** The steps of the accounts' orders, written down: each becomes an event, and where it matters a notice. */
export class OrderSteps {
  readonly #state: VenueState;
  readonly #outbox: VenueOutbox;

  constructor(state: VenueState, outbox: VenueOutbox) {
    this.#state = state;
    this.#outbox = outbox;
  }

  /** A new order, or what `original` was amended to, under the next number. */
  accepted(
    incoming: IncomingOrder,
    { desk, price, marginPrice, life, stopPrice }: CheckedOrder,
    { original, at }: { readonly original: number | null; readonly at: Temporal.Instant },
  ): SimulatedOrder {
    const { environment, symbol, side, division, quantity, exchange } = incoming;
    const number = this.#state.lastNumber + 1;
    this.#emit({
      kind: 'order',
      environment,
      number,
      original,
      action: original === null ? 'new' : 'amend',
      symbol,
      side,
      division,
      price,
      marginPrice,
      quantity,
      at: at.epochMilliseconds,
      date: this.#state.date.toString(),
      exchange,
      board: desk.board,
      life,
      stopPrice,
    });
    const order = this.#order(environment, number);
    this.#notify(original === null ? 'accepted' : 'amended', order, {
      quantity: order.quantity,
      price: order.price,
      at: at.epochMilliseconds,
    });
    return order;
  }

  /** The cancellation has a number of its own, which is returned. */
  cancelled(live: SimulatedOrder, shares: number, at: Temporal.Instant): number {
    const number = this.#state.lastNumber + 1;
    this.#emit({
      ...orderFields(live),
      number,
      original: live.number,
      action: 'cancel',
      quantity: shares,
      at: at.epochMilliseconds,
      date: this.#state.date.toString(),
    });
    this.#close(live, shares, 'cancelled', at);
    const row = this.#order(live.environment, number);
    this.#notify('cancelled', row, { quantity: shares, price: live.price, at: at.epochMilliseconds });
    return number;
  }

  /** `shares` of an order move to the order that it was amended to. */
  amended(live: SimulatedOrder, shares: number, at: Temporal.Instant): void {
    this.#close(live, shares, 'amended', at);
  }

  /** The exchange will not trade `shares` of the order any more. */
  ended(
    order: SimulatedOrder,
    shares: number,
    reason: 'expired' | 'remainder' | 'refused',
    at: Temporal.Instant,
  ): void {
    this.#close(order, shares, reason, at);
    this.#notify(reason, order, { quantity: shares, price: order.price, at: at.epochMilliseconds });
  }

  /** A stop order, or a conditional one, trades from now on. */
  triggered({ environment, number }: SimulatedOrder, at: Temporal.Instant): void {
    this.#emit({ kind: 'triggered', environment, number, at: at.epochMilliseconds });
  }

  filled(environment: BrokerEnvironment, number: number, trade: VenueTrade): void {
    const { price, quantity } = trade;
    const at = trade.at.epochMilliseconds;
    const date = this.#state.date.toString();
    this.#emit({ kind: 'fill', environment, number, price, quantity, at, date });
    this.#notify('filled', this.#order(environment, number), { quantity, price, at });
  }

  #close(
    { environment, number }: SimulatedOrder,
    quantity: number,
    reason: Extract<VenueEvent, { kind: 'closed' }>['reason'],
    at: Temporal.Instant,
  ): void {
    this.#emit({ kind: 'closed', environment, number, quantity, reason, at: at.epochMilliseconds });
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
