import type { LiveEvents } from './answers.ts';
import type { LiveName } from './live-feed.ts';

/** Most order changes that wait for one browser; beyond it the oldest is dropped and the page reads the list again. */
const ordersMax = 200;

export interface LiveMessage {
  readonly name: string;
  readonly data: unknown;
}

/**
 * What waits to be sent to one browser: the newest of each kind, quotes merged by instrument, orders by id. Its size
 * is bounded by the number of instruments and `ordersMax`, however slow the browser is.
 */
export class LiveOutbox {
  readonly #newest = new Map<LiveName, unknown>();
  readonly #quotes = new Map<string, LiveEvents['quotes'][number]>();
  readonly #orders = new Map<string, LiveEvents['order']>();
  #ordersLost = false;

  add<N extends LiveName>(name: N, data: LiveEvents[N]): void {
    const event = { name, data } as { [K in LiveName]: { name: K; data: LiveEvents[K] } }[LiveName];
    if (event.name === 'quotes') for (const quote of event.data) this.#quotes.set(quote.symbol, quote);
    else if (event.name === 'order') this.#addOrder(event.data);
    else this.#newest.set(name, data);
  }

  /** Takes everything out. `orders-lost` tells the page to read the whole list. */
  take(): LiveMessage[] {
    const messages: LiveMessage[] = [...this.#newest].map(([name, data]) => ({ name, data }));
    if (this.#quotes.size > 0) messages.push({ name: 'quotes', data: [...this.#quotes.values()] });
    for (const order of this.#orders.values()) messages.push({ name: 'order', data: order });
    if (this.#ordersLost) messages.push({ name: 'orders-lost', data: {} });
    this.#newest.clear();
    this.#quotes.clear();
    this.#orders.clear();
    this.#ordersLost = false;
    return messages;
  }

  #addOrder(order: LiveEvents['order']): void {
    this.#orders.delete(order.orderId);
    this.#orders.set(order.orderId, order);
    const oldest = this.#orders.keys().next();
    if (this.#orders.size <= ordersMax || oldest.done === true) return;
    this.#orders.delete(oldest.value);
    this.#ordersLost = true;
  }
}
