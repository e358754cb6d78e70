import type { InstrumentId } from '#domain/instrument.ts';
import { isOpen } from '#domain/order-state.ts';
import type { OrderDraft } from '#strategy/strategy.ts';
import { heldNothing, withFill, type Holding } from '#strategy/strategy-position.ts';
import { hasOpenOrder } from '#strategy/triggers/has-open-order.ts';
import { offeredShares } from '#strategy/triggers/offered-shares.ts';
import type { OrderFact } from './day-facts.ts';

type KnownOrder = Pick<
  OrderFact,
  'instrument' | 'side' | 'quantity' | 'filled' | 'filledValue' | 'state' | 'isConfirmed'
>;

/** Orders and holdings of one strategy, folded from the recorded word on each order. */
export class ReplayBook {
  readonly #orders = new Map<string, KnownOrder>();
  readonly #holdings = new Map<InstrumentId, Holding>();
  readonly #lastFillMs = new Map<InstrumentId, number>();

  /** An order leaves: it counts as open until something is heard of it. */
  sent(requestId: string, { instrument, side, quantity }: OrderDraft): void {
    this.#orders.set(requestId, {
      instrument,
      side,
      quantity,
      filled: 0,
      filledValue: 0,
      state: 'intent',
      isConfirmed: false,
    });
  }

  apply(order: OrderFact): void {
    const { requestId, instrument, side } = order;
    const before = this.#orders.get(requestId);
    this.#orders.set(requestId, order);
    const shares = order.filled - (before?.filled ?? 0);
    if (shares <= 0) return;
    const fill = { side, quantity: shares, value: order.filledValue - (before?.filledValue ?? 0) };
    const { holding } = withFill(this.holding(instrument), fill);
    if (holding.quantity === 0) this.#holdings.delete(instrument);
    else this.#holdings.set(instrument, holding);
    this.#lastFillMs.set(instrument, order.lastFillMs);
  }

  has(requestId: string): boolean {
    return this.#orders.has(requestId);
  }

  /** The order when a withdrawal may still mean something: it is open, or its end is only our guess. */
  cancellable(requestId: string): KnownOrder | null {
    const order = this.#orders.get(requestId);
    if (order === undefined) return null;
    return isOpen(order.state) || !order.isConfirmed ? order : null;
  }

  hasOpenOrder(instrument: InstrumentId): boolean {
    return hasOpenOrder(this.#orders.values(), instrument);
  }

  /** Shares that open sells of an instrument may still sell. */
  offered(instrument: InstrumentId): number {
    return offeredShares(this.#orders.values(), instrument);
  }

  holding(instrument: InstrumentId): Holding {
    return this.#holdings.get(instrument) ?? heldNothing;
  }

  get heldInstruments(): readonly InstrumentId[] {
    return [...this.#holdings.keys()];
  }

  /** Epoch milliseconds; 0 when nothing filled. */
  lastFillMs(instrument: InstrumentId): number {
    return this.#lastFillMs.get(instrument) ?? 0;
  }
}
