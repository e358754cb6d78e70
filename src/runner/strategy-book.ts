import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import { isOpen, type OrderState } from '#domain/order-state.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import type { OrderView } from '#link/views.ts';
import type { OrderDraft, OrderUpdate, StrategyPosition } from '#strategy/strategy.ts';
import { heldNothing, withFill, type Holding } from '#strategy/strategy-position.ts';
import { hasOpenOrder } from '#strategy/triggers/has-open-order.ts';
import { offeredShares } from '#strategy/triggers/offered-shares.ts';

/** An order of this strategy as far as we know it. */
export interface BookOrder {
  readonly requestId: string;
  /** Null until the gateway has answered. */
  readonly orderId: string | null;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly quantity: number;
  readonly price: number;
  readonly filled: number;
  readonly filledValue: number;
  readonly state: OrderState;
  /** True while the state is our own guess and the gateway has not spoken. */
  readonly isPresumed: boolean;
  readonly code: string | null;
  /** Market day of its making, yyyymmdd. */
  readonly date: number;
}

/** Closed orders kept, so that a repeated message is known as such; open ones are always kept. */
const closedOrdersMax = 1_000;

/**
 * What one strategy holds and has ordered, folded from the gateway's orders alone: after a crash the same fold of the same
 * orders gives the same book. Shares that the person or another strategy bought are not in it.
 */
export class StrategyBook {
  readonly #orders = new Map<string, BookOrder>();
  readonly #holdings = new Map<InstrumentId, Holding>();
  readonly #lastFillMs = new Map<InstrumentId, number>();
  readonly #realisedByDay = new Map<number, number>();

  /** Remembers an order that is about to be sent, so that it counts as open at once. */
  sent(requestId: string, draft: OrderDraft, date: number): void {
    const { instrument, side, price } = draft;
    const order = { requestId, orderId: null, instrument, side, quantity: draft.quantity, price, date };
    const nothingYet = { filled: 0, filledValue: 0, state: 'intent', isPresumed: true, code: null } as const;
    this.#keep({ ...order, ...nothingYet });
  }

  /**
   * Takes in what the gateway says of an order of this strategy, in any order and as often as it likes.
   *
   * @returns the news for the strategy; null when there is none
   */
  apply(view: OrderView): OrderUpdate | null {
    const before = this.#orders.get(view.requestId);
    if (before !== undefined && isOlder(view, before)) return null;
    const order = bookOrder(view);
    this.#fold(order, before);
    if (order.filled > (before?.filled ?? 0)) this.#lastFillMs.set(order.instrument, lastFillMs(view));
    this.#keep(order);
    const isNews = before === undefined || before.state !== order.state || before.filled !== order.filled;
    return isNews ? updateOf(order) : null;
  }

  /** What we think of an order when the gateway is silent: `unknown` or `not-sent`. Null when it has spoken after all. */
  presume(requestId: string, state: 'unknown' | 'not-sent', code: string): OrderUpdate | null {
    const before = this.#orders.get(requestId);
    if (before === undefined || !before.isPresumed || before.state === state) return null;
    const order: BookOrder = { ...before, state, code };
    this.#keep(order);
    return updateOf(order);
  }

  order(requestId: string): BookOrder | null {
    return this.#orders.get(requestId) ?? null;
  }

  openOrders(): readonly BookOrder[] {
    return [...this.#orders.values()].filter((order) => isOpen(order.state));
  }

  /** Requests whose fate the gateway has not told yet, although it should have. */
  lostRequests(): readonly string[] {
    return this.openOrders().flatMap((order) =>
      order.isPresumed && order.state === 'unknown' ? [order.requestId] : [],
    );
  }

  hasOpenOrder(instrument: InstrumentId): boolean {
    return hasOpenOrder(this.#orders.values(), instrument);
  }

  /** Shares that open sells of an instrument may still sell. */
  offered(instrument: InstrumentId): number {
    return offeredShares(this.#orders.values(), instrument);
  }

  position(instrument: InstrumentId): StrategyPosition | null {
    const held = this.#holdings.get(instrument);
    if (held === undefined || held.quantity === 0) return null;
    return { quantity: quantity(held.quantity), averagePrice: held.cost / held.quantity };
  }

  /** Epoch milliseconds of the market at our last fill in the instrument; 0 when there was none. */
  lastFillMs(instrument: InstrumentId): number {
    return this.#lastFillMs.get(instrument) ?? 0;
  }

  /** Every instrument held, with its cost in won. */
  holdings(): ReadonlyMap<InstrumentId, Holding> {
    return this.#holdings;
  }

  /** Sale value less cost of what was sold on `date` (yyyymmdd), before fees and tax. */
  realisedOn(date: number): number {
    return this.#realisedByDay.get(date) ?? 0;
  }

  ordersOn(date: number): number {
    let count = 0;
    for (const order of this.#orders.values()) if (order.date === date) count += 1;
    return count;
  }

  #fold(order: BookOrder, before: BookOrder | undefined): void {
    const shares = order.filled - (before?.filled ?? 0);
    if (shares <= 0) return;
    const value = order.filledValue - (before?.filledValue ?? 0);
    const held = this.#holdings.get(order.instrument) ?? heldNothing;
    const { holding, realised } = withFill(held, { side: order.side, quantity: shares, value });
    if (holding.quantity === 0) this.#holdings.delete(order.instrument);
    else this.#holdings.set(order.instrument, holding);
    if (order.side === 'sell') this.#realisedByDay.set(order.date, this.realisedOn(order.date) + realised);
  }

  #keep(order: BookOrder): void {
    this.#orders.set(order.requestId, order);
    if (this.#orders.size <= closedOrdersMax) return;
    for (const old of this.#orders.values()) {
      if (isOpen(old.state)) continue;
      this.#orders.delete(old.requestId);
      return;
    }
  }
}

/** True for a message overtaken by a later one: fills only grow, and a closed order does not open again. */
function isOlder(view: OrderView, before: BookOrder): boolean {
  if (before.isPresumed) return false;
  return view.filled < before.filled || (isOpen(view.state) && !isOpen(before.state));
}

function bookOrder(view: OrderView): BookOrder {
  const { requestId, orderId, side, price, filled, filledValue, state } = view;
  return {
    requestId,
    orderId,
    instrument: instrumentId(view.symbol),
    side,
    quantity: view.quantity,
    price,
    filled,
    filledValue,
    state,
    isPresumed: false,
    code: refusalCode(view),
    date: dateNumber(seoulDate(Temporal.Instant.from(view.createdAt))),
  };
}

function lastFillMs(view: OrderView): number {
  const at = view.steps.findLast((step) => step.kind === 'filled')?.at ?? view.createdAt;
  return Temporal.Instant.from(at).epochMilliseconds;
}

function refusalCode(view: OrderView): string | null {
  if (view.state === 'denied') return view.checks.find((check) => !check.passed)?.code ?? 'denied';
  if (view.state !== 'rejected') return null;
  return view.steps.findLast((step) => step.kind === 'rejected')?.detail ?? 'rejected';
}

function updateOf(order: BookOrder): OrderUpdate {
  const { requestId, instrument, side, state, code } = order;
  return { requestId, instrument, side, state, filled: quantity(order.filled), code };
}
