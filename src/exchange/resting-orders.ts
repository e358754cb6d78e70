import type { OrderSide } from '#domain/order.ts';
import { PriceLevels, type RestingOrder } from './price-levels.ts';

type Queue = Map<string, RestingOrder>;

/** Everything that waits in one book: priced orders by level, market and mid-price orders in queues, oldest first. */
export class RestingOrders {
  readonly #levels = { buy: new PriceLevels('buy'), sell: new PriceLevels('sell') };
  readonly #queues: Readonly<Record<'market' | 'mid', Readonly<Record<OrderSide, Queue>>>> = {
    market: { buy: new Map(), sell: new Map() },
    mid: { buy: new Map(), sell: new Map() },
  };
  readonly #byId: Queue = new Map();

  levels(side: OrderSide): PriceLevels {
    return this.#levels[side];
  }

  /** Orders without a price of their own. Market orders wait only during an auction. */
  queue(type: 'market' | 'mid', side: OrderSide): ReadonlyMap<string, RestingOrder> {
    return this.#queues[type][side];
  }

  get(id: string): RestingOrder | undefined {
    return this.#byId.get(id);
  }

  /** Behind everything of its price or kind. */
  add(order: RestingOrder): void {
    this.#byId.set(order.id, order);
    if (order.type === 'limit') this.#levels[order.side].add(order);
    else this.#queues[order.type][order.side].set(order.id, order);
  }

  /** Takes `by` shares off an order that waits here, and the order out when nothing is left. */
  reduce(order: RestingOrder, by: number): void {
    if (order.type === 'limit') this.#levels[order.side].reduce(order, by);
    else order.remaining -= by;
    if (order.remaining > 0) return;
    this.#byId.delete(order.id);
    if (order.type !== 'limit') this.#queues[order.type][order.side].delete(order.id);
  }

  /** Shares of all orders in a queue. */
  queued(type: 'market' | 'mid', side: OrderSide): number {
    let sum = 0;
    for (const order of this.#queues[type][side].values()) sum += order.remaining;
    return sum;
  }

  /**
   * Middle of the best bid and the best ask, cut off to whole won, which may lie between two ticks; null while a side
   * is empty. @see krx-rules §0.3
   */
  middle(): number | null {
    const bid = this.#levels.buy.best?.price;
    const ask = this.#levels.sell.best?.price;
    return bid === undefined || ask === undefined ? null : Math.floor((bid + ask) / 2);
  }
}
