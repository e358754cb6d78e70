import { invariant } from '#domain/invariant.ts';
import type { OrderSide } from '#domain/order.ts';
import type { Won } from '#domain/won.ts';

/** What is left of an order that waits in a book. */
export interface RestingOrder {
  readonly id: string;
  readonly owner: string;
  readonly side: OrderSide;
  readonly type: 'limit' | 'market' | 'mid';
  readonly price: Won;
  /** Shares; always above 0 while the order is in a book. */
  remaining: number;
}

/** Everything that waits at one price; the map keeps the order of arrival. */
export interface PriceLevel {
  readonly price: Won;
  readonly orders: Map<string, RestingOrder>;
  /** Sum of what remains. */
  quantity: number;
}

/**
 * One side of a book: levels sorted by price, the best one last, so that what changes most is cheapest to change. A new
 * price costs a binary search and a shift of the better levels; everything else is constant time.
 */
export class PriceLevels {
  readonly #side: OrderSide;
  readonly #levels: PriceLevel[] = [];
  readonly #byPrice = new Map<number, PriceLevel>();

  constructor(side: OrderSide) {
    this.#side = side;
  }

  /** Worst first, best last. Not to be kept across changes. */
  get levels(): readonly PriceLevel[] {
    return this.#levels;
  }

  get best(): PriceLevel | undefined {
    return this.#levels.at(-1);
  }

  /** Behind everything that already waits at its price. */
  add(order: RestingOrder): void {
    const level = this.#byPrice.get(order.price) ?? this.#insert(order.price);
    level.orders.set(order.id, order);
    level.quantity += order.remaining;
  }

  /** Takes `quantity` off `order`, and the order and its level out when nothing is left. */
  reduce(order: RestingOrder, quantity: number): void {
    const level = this.#byPrice.get(order.price);
    invariant(level !== undefined, `an order waits at a level of its price: ${order.id} does not`);
    order.remaining -= quantity;
    level.quantity -= quantity;
    if (order.remaining === 0) level.orders.delete(order.id);
    if (level.quantity === 0) this.#remove(level);
  }

  /** Shares that wait at `price` or better. */
  quantityThrough(price: number): number {
    let sum = 0;
    for (let index = this.#levels.length - 1; index >= 0; index -= 1) {
      const level = this.#levels[index];
      if (level === undefined || this.#isBetter(price, level.price)) break;
      sum += level.quantity;
    }
    return sum;
  }

  /** The worst price that `quantity` shares reach; the best one for 0, and 0 on an empty side. */
  priceOf(quantity: number): number {
    let sum = 0;
    let price: number = this.best?.price ?? 0;
    for (let index = this.#levels.length - 1; index >= 0 && sum < quantity; index -= 1) {
      const level = this.#levels[index];
      if (level === undefined) break;
      sum += level.quantity;
      ({ price } = level);
    }
    return price;
  }

  #insert(price: Won): PriceLevel {
    const level: PriceLevel = { price, orders: new Map(), quantity: 0 };
    this.#byPrice.set(price, level);
    this.#levels.splice(this.#position(price), 0, level);
    return level;
  }

  #remove(level: PriceLevel): void {
    this.#byPrice.delete(level.price);
    if (this.best === level) this.#levels.pop();
    else this.#levels.splice(this.#position(level.price), 1);
  }

  /** Index of the first level that is not worse than `price`. */
  #position(price: number): number {
    let low = 0;
    let high = this.#levels.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const level = this.#levels[middle];
      if (level !== undefined && this.#isBetter(price, level.price)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isBetter(price: number, than: number): boolean {
    return this.#side === 'buy' ? price > than : price < than;
  }
}
