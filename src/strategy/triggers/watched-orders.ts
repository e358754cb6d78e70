import type { InstrumentId } from '#domain/instrument.ts';
import type { BarPath, Touch } from './touch.ts';
import { rankOf, touchOf, type WatchedOrder } from './watched-order.ts';

/** An order and where the market met what it waits for. */
export interface TouchedOrder {
  readonly order: WatchedOrder;
  readonly touch: Touch;
}

/** The orders that a book watches, oldest first. */
export class WatchedOrders {
  #orders: readonly WatchedOrder[];
  #moves = 0;

  constructor(saved: readonly Readonly<WatchedOrder>[] = []) {
    this.#orders = saved.map((order) => ({ ...order }));
  }

  get all(): readonly WatchedOrder[] {
    return this.#orders;
  }

  get count(): number {
    return this.#orders.length;
  }

  /** Grows whenever a bar or a price moved a trailing stop. */
  get moves(): number {
    return this.#moves;
  }

  add(...orders: readonly WatchedOrder[]): void {
    this.#orders = [...this.#orders, ...orders];
  }

  has(instrument: InstrumentId): boolean {
    return this.#orders.some((order) => order.draft.instrument === instrument);
  }

  /** @returns those that were taken out */
  remove(isOut: (order: WatchedOrder) => boolean): readonly WatchedOrder[] {
    const out = this.#orders.filter((order) => isOut(order));
    if (out.length > 0) this.#orders = this.#orders.filter((order) => !out.includes(order));
    return out;
  }

  removeExits(entryId: string): void {
    this.remove((order) => order.exitOf === entryId);
  }

  /** What the bar reaches of those that are asked, in the order in which it is believed; trailing stops follow it. */
  touched(isAsked: (order: WatchedOrder) => boolean, bar: BarPath): readonly TouchedOrder[] {
    const touched: TouchedOrder[] = [];
    for (const order of this.#orders) {
      if (!isAsked(order)) continue;
      const { extreme } = order;
      const touch = touchOf(order, bar);
      if (order.extreme !== extreme) this.#moves += 1;
      if (touch !== null) touched.push({ order, touch });
    }
    return touched.sort((a, b) => rankOf(a.order, a.touch) - rankOf(b.order, b.touch));
  }
}
