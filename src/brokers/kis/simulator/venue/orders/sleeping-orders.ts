import type { SimulatedOrder } from '../account-state.ts';
import type { Desk } from '../floor/desk.ts';

/** A stop order whose price was reached, and when. */
export interface WokenOrder {
  readonly order: SimulatedOrder;
  readonly at: Temporal.Instant;
}

/** Stop orders that wait for their price; woken ones come out in the order they were sent. */
export class SleepingOrders {
  readonly #byDesk = new Map<string, Set<SimulatedOrder>>();
  readonly #woken: WokenOrder[] = [];

  add(order: SimulatedOrder): void {
    const key = keyOf(order.board, order.instrument.symbol);
    const orders = this.#byDesk.get(key) ?? new Set();
    orders.add(order);
    this.#byDesk.set(key, orders);
  }

  remove(order: SimulatedOrder): void {
    this.#byDesk.get(keyOf(order.board, order.instrument.symbol))?.delete(order);
  }

  clear(): void {
    this.#byDesk.clear();
    this.#woken.length = 0;
  }

  /** Notices a trade at `price`. Cheap where nobody sleeps. */
  look(desk: Desk, price: number, at: Temporal.Instant): void {
    const orders = this.#byDesk.get(keyOf(desk.board, desk.instrument.symbol));
    if (orders === undefined || orders.size === 0) return;
    for (const order of orders) {
      if (!isReached(order, price)) continue;
      orders.delete(order);
      this.#woken.push({ order, at });
    }
  }

  /** The next woken order; null when there is none. */
  next(): WokenOrder | null {
    return this.#woken.shift() ?? null;
  }
}

/** A buy wakes at its stop price or above, a sell at it or below. */
export function isReached({ side, stopPrice }: SimulatedOrder, price: number): boolean {
  return side === 'buy' ? price >= stopPrice : price <= stopPrice;
}

function keyOf(board: string, symbol: string): string {
  return `${board}:${symbol}`;
}
