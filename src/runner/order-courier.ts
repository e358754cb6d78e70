import { SnowballError } from '#domain/errors.ts';
import type { OrderView } from '#link/views.ts';
import type { OrderDraft, OrderUpdate } from '#strategy/strategy.ts';
import type { MarketMemory } from './feed/market-memory.ts';
import { handIn, ordersOf, type GatewayLink } from './order-line.ts';
import type { StrategyBook } from './strategy-book.ts';

export interface CourierOptions {
  readonly strategy: string;
  readonly gateway: GatewayLink;
  readonly book: StrategyBook;
  readonly market: MarketMemory;
  readonly onUpdate: (update: OrderUpdate) => void;
  /** A cancel that did not go through; the order stays as it is. */
  readonly onCancelFailed: (requestId: string, code: string) => void;
}

/** Complete looks without finding a lost request before it counts as never recorded; they lie `lookMs` apart. */
const looksWanted = 2;
const lookMs = 5_000;

/**
 * Carries the orders of one strategy to the gateway and the news back. A request is handed in once. When the answer is
 * lost the request is looked for by its id, on every return of the link and every five seconds, until the gateway shows it
 * or two complete looks have not: the gateway records a request before it answers or acts, so it was never received.
 */
export class OrderCourier {
  readonly #options: CourierOptions;
  readonly #looks = new Map<string, { count: number; lastAtMs: number }>();
  readonly #cancelLater = new Set<string>();

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /** Hands the order in; resolves when its fate, or that it is unknown, has been told by `onUpdate`. */
  async send(requestId: string, draft: OrderDraft): Promise<void> {
    const { gateway, market, strategy } = this.#options;
    if (draft.side === 'buy') market.reserve(requestId, draft.price * draft.quantity);
    const handed = await handIn(gateway, { requestId, strategy, draft });
    market.release(requestId);
    if (handed.kind === 'answered') this.apply(handed.order);
    else this.#presume(requestId, handed.kind === 'lost' ? 'unknown' : 'not-sent', handed.code);
  }

  /** Cancels now, or as soon as the gateway has told its own id of the order. */
  async cancel(requestId: string): Promise<void> {
    const { gateway, book } = this.#options;
    const orderId = book.order(requestId)?.orderId ?? null;
    if (orderId === null) {
      this.#cancelLater.add(requestId);
      return;
    }
    try {
      this.apply(await gateway.call('cancel', { orderId }));
    } catch (error) {
      this.#options.onCancelFailed(requestId, error instanceof SnowballError ? error.code : 'runner.cancel');
    }
  }

  /** Asks for every open order to be withdrawn. */
  async cancelAll(): Promise<void> {
    await Promise.all(this.#options.book.openOrders().map((order) => this.cancel(order.requestId)));
  }

  /** Takes in what the gateway says of one order. */
  apply(view: OrderView): void {
    const update = this.#options.book.apply(view);
    this.#looks.delete(view.requestId);
    if (update !== null) this.#options.onUpdate(update);
    if (this.#cancelLater.delete(view.requestId)) void this.cancel(view.requestId);
  }

  /** Folds the gateway's record of this strategy: at the start, and after each loss of the link. */
  async refold(): Promise<void> {
    const { gateway, strategy } = this.#options;
    for (const order of await ordersOf(gateway, strategy)) this.apply(order);
  }

  /**
   * One look for requests without an answer; does nothing when there is none or the last look was just now.
   *
   * @param nowMs real milliseconds that only grow: the market's clock runs faster in trial mode, the gateway does not
   */
  async findLost(nowMs: number): Promise<void> {
    const { book, gateway } = this.#options;
    const due = book.lostRequests().filter((id) => nowMs - (this.#looks.get(id)?.lastAtMs ?? -Infinity) >= lookMs);
    if (due.length === 0 || gateway.state === 'down') return;
    for (const requestId of due)
      this.#looks.set(requestId, { count: this.#looks.get(requestId)?.count ?? 0, lastAtMs: nowMs });
    await this.refold();
    for (const requestId of due) this.#missed(requestId);
  }

  #missed(requestId: string): void {
    const look = this.#looks.get(requestId);
    if (look === undefined) return;
    look.count += 1;
    if (look.count < looksWanted) return;
    this.#looks.delete(requestId);
    this.#presume(requestId, 'not-sent', 'runner.never-recorded');
  }

  #presume(requestId: string, state: 'unknown' | 'not-sent', code: string): void {
    const update = this.#options.book.presume(requestId, state, code);
    if (update !== null) this.#options.onUpdate(update);
  }
}
