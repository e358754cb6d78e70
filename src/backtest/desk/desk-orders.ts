import type { InstrumentId } from '#domain/instrument.ts';
import { isOpen, type OrderState } from '#domain/order-state.ts';
import { won, type Won } from '#domain/won.ts';
import type { OrderUpdate } from '#strategy/strategy.ts';
import type { TriggerAccount } from '#strategy/triggers/trigger-account.ts';
import { TriggerBook } from '#strategy/triggers/trigger-book.ts';
import { openShares, type DeskOrder } from './desk-order.ts';

/**
 * The orders of a backtest and the news of them: every one that was asked for, those that wait in the book for a price or
 * an auction, those of today.
 */
export class DeskOrders {
  readonly book: TriggerBook;
  /** Every order that was asked for, oldest first. */
  readonly all: DeskOrder[] = [];
  /** Those that wait in the book, by request id. */
  readonly #waiting = new Map<string, DeskOrder>();
  #ofDay: DeskOrder[] = [];
  #cancelsOfDay: number[] = [];
  #updates: OrderUpdate[] = [];

  constructor(account: TriggerAccount) {
    this.book = new TriggerBook(account);
  }

  /** Passed the guard today, in the order of asking: the guard's orders of the day. */
  get ofDay(): readonly DeskOrder[] {
    return this.#ofDay;
  }

  /** Epoch milliseconds. */
  get cancelsOfDay(): readonly number[] {
    return this.#cancelsOfDay;
  }

  get isIdle(): boolean {
    return this.#ofDay.length === 0 && this.book.isEmpty;
  }

  startDay(): void {
    if (this.#ofDay.length > 0) this.#ofDay = [];
    if (this.#cancelsOfDay.length > 0) this.#cancelsOfDay = [];
  }

  /** Of a request id; undefined when none of it waits. */
  waiting(requestId: string): DeskOrder | undefined {
    return this.#waiting.get(requestId);
  }

  wait(order: DeskOrder): void {
    this.#waiting.set(order.request.requestId, order);
  }

  stopWaiting(requestId: string): void {
    this.#waiting.delete(requestId);
  }

  /** The open order of today with a request id; null when there is none. */
  openOfDay(requestId: string | null): DeskOrder | null {
    const order = this.#ofDay.find((one) => one.request.requestId === requestId);
    return order !== undefined && isOpen(order.state) ? order : null;
  }

  /** Rests from now on, or trades: the guard let it through. */
  pass(order: DeskOrder): void {
    this.#ofDay.push(order);
  }

  /** A day begins for what waits; what was good till a day on which there was no session is over. */
  startSession(date: number): void {
    for (const { requestId } of this.book.startSession(date)) this.endWaiting(requestId, 'expired');
  }

  cancel(order: DeskOrder, atMs: number): void {
    this.#cancelsOfDay.push(atMs);
    this.move(order, 'cancelled', null);
  }

  move(order: DeskOrder, state: OrderState, code: string | null): void {
    order.state = state;
    const { requestId, instrument, side } = order.request;
    const update = { requestId, instrument, side, state, filled: order.filled, code };
    this.#updates.push(update);
    if (!this.book.isEmpty) this.book.follow(update);
  }

  endWaiting(requestId: string, state: 'cancelled' | 'expired'): void {
    const order = this.#waiting.get(requestId);
    this.#waiting.delete(requestId);
    if (order !== undefined) this.move(order, state, null);
  }

  /** The day is over for what rests, and for what waited no longer than today. */
  expire(): void {
    for (const order of this.#ofDay) if (isOpen(order.state)) this.move(order, 'expired', null);
    for (const { requestId } of this.book.endSession()) this.endWaiting(requestId, 'expired');
  }

  /** What waits or rests for one instrument ends, whatever its time. */
  expireFor(instrument: InstrumentId): void {
    for (const [requestId, order] of this.#waiting) {
      if (order.request.instrument !== instrument) continue;
      this.book.cancel(requestId);
      this.endWaiting(requestId, 'expired');
    }
    for (const order of this.#ofDay) if (isOpenFor(order, instrument)) this.move(order, 'expired', null);
    // What is left of an order good for longer waits in the book alone.
    for (const { requestId, draft } of this.book.watched) {
      if (draft.instrument === instrument) this.book.cancel(requestId);
    }
    this.book.forget(instrument);
  }

  hasOpenFor(instrument: InstrumentId): boolean {
    for (const order of this.#ofDay) if (isOpenFor(order, instrument)) return true;
    for (const order of this.#waiting.values()) if (isOpenFor(order, instrument)) return true;
    return false;
  }

  /** Won that resting buys may still take. */
  reservedForBuys(): Won {
    let value = 0;
    for (const order of this.#ofDay) {
      if (order.request.side === 'buy') value += order.request.price * openShares(order);
    }
    return won(value);
  }

  /** Shares that resting sells of an instrument may still sell. */
  offered(instrument: InstrumentId): number {
    let shares = 0;
    for (const order of this.#ofDay) {
      if (order.request.side === 'sell' && isOpenFor(order, instrument)) shares += openShares(order);
    }
    return shares;
  }

  /** News since the last call, oldest first. */
  takeUpdates(): readonly OrderUpdate[] {
    if (this.#updates.length === 0) return noUpdates;
    const updates = this.#updates;
    this.#updates = [];
    return updates;
  }
}

const noUpdates: readonly OrderUpdate[] = [];

function isOpenFor({ request, state }: DeskOrder, instrument: InstrumentId): boolean {
  return request.instrument === instrument && isOpen(state);
}
