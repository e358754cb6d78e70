import { invariant } from '#domain/invariant.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { SubmitResult, VenueTrade } from '#exchange/venue.ts';

import type { SimulatedOrder } from '../account-state.ts';
import type { Print } from '../floor/day-stats.ts';
import type { Desk } from '../floor/desk.ts';
import type { FloorDesk } from '../floor/floor-desk.ts';
import type { MarketFloor } from '../floor/market-floor.ts';
import { checkOrder, type CheckedOrder, type IncomingOrder } from './order-check.ts';
import { isOffHours } from './order-divisions.ts';
import type { OrderLife } from '../hours/order-life.ts';
import { bookId, bookOf, bookOrder, divisionOf, isAsleep, isAt, orderFields } from './order-place.ts';
import { OrderSteps } from './order-steps.ts';
import { isReached, SleepingOrders } from './sleeping-orders.ts';
import type { IncomingChange, VenueAnswer } from '../venue-answer.ts';
import type { VenueOutbox } from '../venue-outbox.ts';
import type { VenueState } from '../venue-state.ts';

/** The accounts' orders between ledger and books. */
export class VenueOrders {
  readonly #floor: MarketFloor;
  readonly #state: VenueState;
  readonly #outbox: VenueOutbox;
  readonly #steps: OrderSteps;
  /** Stop orders that wait for their price. */
  readonly #sleeping = new SleepingOrders();
  #isWaking = false;

  constructor(floor: MarketFloor, state: VenueState, outbox: VenueOutbox) {
    this.#floor = floor;
    this.#state = state;
    this.#outbox = outbox;
    this.#steps = new OrderSteps(state, outbox);
  }

  /**
   * Puts the orders of an interrupted day back where they waited, oldest first, without trading; what can trade no more
   * expires.
   */
  reenter(at: Temporal.Instant): void {
    this.#sleeping.clear();
    for (const order of this.#openOrders()) {
      const desk = this.#floor.desk(order.instrument.symbol, order.board);
      const book = desk === null ? null : bookOf(desk, order);
      if (desk === null || book === null || this.#isOver(desk, order)) {
        this.close(order, order.remaining, 'expired', at);
        continue;
      }
      if (divisionOf(order).isConditional && desk.session === 'closing-auction') this.#steps.triggered(order, at);
      if (isAsleep(order)) this.#sleeping.add(order);
      else book.restore(bookOrder(order));
    }
  }

  /** The closing auction may still run although its time is over. */
  #isOver(desk: FloorDesk, order: SimulatedOrder): boolean {
    if (!this.#floor.isOver(order.life, order.board)) return false;
    return order.life !== 'regular' || desk.resumesAt === null;
  }

  /** Gives out a number for a checked order and lets it trade. */
  accept(
    incoming: IncomingOrder,
    checked: CheckedOrder,
    how: { original: number | null; at: Temporal.Instant },
  ): VenueAnswer {
    const { desk } = checked;
    const order = this.#steps.accepted(incoming, checked, how);
    if (isAsleep(order) && !isReached(order, desk.stats.last)) this.#sleeping.add(order);
    else {
      if (isAsleep(order)) this.#steps.triggered(order, how.at);
      this.#enter(desk, order, how.at);
    }
    return {
      kind: 'accepted',
      number: order.number,
      at: how.at.epochMilliseconds,
      exchange: incoming.exchange,
      board: desk.board,
    };
  }

  #enter(desk: FloorDesk, order: SimulatedOrder, at: Temporal.Instant): void {
    const book = bookOf(desk, order);
    const result = book === null ? null : book.submit(bookOrder(order), at);
    this.#settle(desk, order, result, at.epochMilliseconds);
  }

  /** Books what came of a submission. An order the book turns away was checked before, so that is a late refusal. */
  #settle(desk: FloorDesk, order: SimulatedOrder, result: SubmitResult | null, at: number): void {
    if (result === null || result.kind === 'rejected') {
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
    this.#withdraw(live, shares);
    const number = this.#steps.cancelled(live, shares, at);
    const { exchange, board } = live;
    return { kind: 'accepted', number, at: at.epochMilliseconds, exchange, board };
  }

  /** Moves `shares` of a live order to a new number with a new price. */
  amend(live: SimulatedOrder, change: IncomingChange, shares: number, at: Temporal.Instant): VenueAnswer {
    const incoming: IncomingOrder = {
      ...orderFields(live),
      division: change.division,
      price: change.price,
      quantity: shares,
      stopPrice: (change.stopPrice ?? 0) > 0 ? change.stopPrice : live.stopPrice,
    };
    const checked = checkOrder(incoming, this.#floor, this.#state.date);
    if (checked.kind === 'refused') return checked;
    if (!this.#affordsAmendment(live, incoming, checked.order, shares)) return { kind: 'refused', refusal: 'cash' };
    this.#withdraw(live, shares);
    this.#steps.amended(live, shares, at);
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

  #withdraw(live: SimulatedOrder, shares: number): void {
    const desk = this.#floor.desk(live.instrument.symbol, live.board);
    invariant(desk !== null, `live order ${live.number} is of a listed instrument`);
    if (isAsleep(live)) {
      if (shares === live.remaining) this.#sleeping.remove(live);
      return;
    }
    bookOf(desk, live)?.cancel(bookId(live.environment, live.number), quantity(shares));
    this.#outbox.book(desk);
  }

  /** Books the account's side of a trade, or both. */
  onTrade(desk: Desk, trade: VenueTrade, print: Print): void {
    this.#outbox.print(desk, print);
    this.#onSide(trade, trade.makerId, trade.makerOwner);
    this.#onSide(trade, trade.takerId, trade.takerOwner);
    this.#sleeping.look(desk, trade.price, trade.at);
  }

  /** Lets the stop orders trade whose price was reached; they may wake others. */
  wake(): void {
    if (this.#isWaking) return;
    this.#isWaking = true;
    for (let next = this.#sleeping.next(); next !== null; next = this.#sleeping.next()) {
      const { order } = next;
      const desk = this.#floor.desk(order.instrument.symbol, order.board);
      if (desk === null || order.remaining === 0) continue;
      this.#steps.triggered(order, next.at);
      this.#enter(desk, order, next.at);
    }
    this.#isWaking = false;
  }

  /** Makes market orders of the conditional ones at `desk`. */
  activateConditional(desk: Desk, at: Temporal.Instant): void {
    for (const order of this.#openOrders()) {
      if (!isAt(order, desk) || !divisionOf(order).isConditional || order.isTriggered) continue;
      desk.book.cancel(bookId(order.environment, order.number));
      this.#steps.triggered(order, at);
      desk.book.submit(bookOrder(order), at);
    }
  }

  #onSide(trade: VenueTrade, id: string, owner: string): void {
    if (owner !== 'paper' && owner !== 'real') return;
    this.#steps.filled(owner, Number(id.slice(owner.length + 1)), trade);
  }

  /** Orders that the book no longer holds although shares are left: market orders after an auction. */
  closeVanished(desk: Desk, at: Temporal.Instant): void {
    for (const order of this.#openOrders()) {
      if (!isAt(order, desk) || isAsleep(order) || isOffHours(divisionOf(order))) continue;
      const left = desk.book.remaining(bookId(order.environment, order.number));
      if (left === 0) this.close(order, order.remaining, 'remainder', at);
    }
  }

  /** Ends what still rests at `desk` and lives no longer. */
  expire(desk: Desk, life: OrderLife, at: Temporal.Instant): void {
    for (const order of this.#openOrders()) {
      if (isAt(order, desk) && order.life === life) this.close(order, order.remaining, 'expired', at);
    }
  }

  /** Ends everything that still rests. */
  expireAll(at: Temporal.Instant): void {
    for (const order of this.#openOrders()) this.close(order, order.remaining, 'expired', at);
  }

  /** Of both accounts, in the order they came. */
  #openOrders(): readonly SimulatedOrder[] {
    const { paper, real } = this.#state.accounts;
    return [...paper.openOrders(), ...real.openOrders()].sort((a, b) => a.number - b.number);
  }

  /** Ends `shares` of an order that the exchange will not trade any more. */
  close(
    order: SimulatedOrder,
    shares: number,
    reason: 'expired' | 'remainder' | 'refused',
    at: Temporal.Instant,
  ): void {
    const desk = this.#floor.desk(order.instrument.symbol, order.board);
    if (desk !== null) bookOf(desk, order)?.cancel(bookId(order.environment, order.number), quantity(shares));
    if (shares === order.remaining) this.#sleeping.remove(order);
    this.#steps.ended(order, shares, reason, at);
  }
}
