import type { BrokerOrder, OrderNotice, OrderOrigin } from '#brokers/broker.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId, OrderId, OrderSide } from '#domain/order.ts';
import { quantity, type Quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { ModelMarket } from './model-market.ts';
import type { Random } from '#domain/random.ts';
import type { Timeline } from './timeline.ts';

/** The market's time at the start of every history: a Tuesday, an hour after the opening. */
export const epochMs = Temporal.Instant.from('2026-03-03T01:00:00Z').epochMilliseconds;
export const dayOfHistory = 20260303;
/** Half past three in the afternoon. */
export const marketClosesMs = 5.5 * 3_600_000;

/** Whose order it is in truth; our own carry the intent they came from. */
export type TrueOwner =
  { readonly kind: 'ours'; readonly orderId: OrderId } | { readonly kind: 'declared' } | { readonly kind: 'foreign' };

export interface ModelOrder {
  readonly id: BrokerOrderId;
  readonly owner: TrueOwner;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly price: Won;
  readonly quantity: number;
  readonly originalId: BrokerOrderId | null;
  readonly isCancel: boolean;
  readonly isRejected: boolean;
  /** As the broker writes it: in whole seconds, cut off. */
  readonly orderedAt: Temporal.Instant;
  readonly visibleAt: number;
  filled: number;
  /** Withdrawn by a cancel, moved to the number of an amendment, or gone with a fill that was taken back. */
  withdrawn: number;
  /** Shares of fills that the exchange took back. */
  busted: number;
}

export type NewOrder = Pick<ModelOrder, 'owner' | 'instrument' | 'side' | 'price' | 'quantity'> &
  Partial<Pick<ModelOrder, 'originalId' | 'isCancel' | 'isRejected'>>;

export interface ModelBrokerOptions {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly later: Random;
  readonly plan: FaultPlan;
  readonly market: ModelMarket;
  /** Milliseconds an order may stay out of the list; drawn for each below this. */
  readonly visibilityMaxMs: number;
  /** Exactly so long for every order instead; null draws. */
  readonly visibilityMs: number | null;
  readonly saysOrigin: boolean;
  readonly tell: (notice: OrderNotice) => void;
}

const fillsWithinMs = 30_000;
/** How long after it a fill is taken back. */
const bustWithinMs = 10_000;
/** How often an order that met nobody is looked at again. */
const lockedMs = 5_000;
const ours: OrderOrigin = { channel: 'api', address: '203.0.113.7' };
const theirs: OrderOrigin = { channel: 'other', address: '198.51.100.4' };

/** The truth: what the broker holds, with the owner that only the model knows. */
export class ModelBroker {
  readonly orders: ModelOrder[] = [];
  /** The day is over: nothing is taken and nothing fills. */
  isClosed = false;
  readonly #options: ModelBrokerOptions;
  #serial = 0;

  constructor(options: ModelBrokerOptions) {
    this.#options = options;
  }

  accept(order: NewOrder): ModelOrder {
    const { timeline, random } = this.#options;
    const accepted: ModelOrder = {
      originalId: null,
      isCancel: false,
      isRejected: false,
      ...order,
      id: this.#nextId(),
      orderedAt: instantAt(Math.floor(timeline.now / 1_000) * 1_000),
      visibleAt: timeline.now + this.#delay(),
      filled: 0,
      withdrawn: 0,
      busted: 0,
    };
    this.orders.push(accepted);
    if (accepted.isCancel || accepted.isRejected) return accepted;
    for (let count = random.below(4); count > 0; count -= 1) {
      timeline.in(random.below(fillsWithinMs), () => this.#fill(accepted), null);
    }
    return accepted;
  }

  /** False while a request for it is refused in documented words. */
  takes(instrument: InstrumentId): boolean {
    return !this.isClosed && this.#options.market.isListed(instrument);
  }

  /** What is left of every order expires. */
  close(): void {
    this.isClosed = true;
    for (const order of this.orders) order.withdrawn += remaining(order);
  }

  /** All that is left; false when nothing was. A cancel is a row of its own. */
  cancel(id: BrokerOrderId): boolean {
    const order = this.#find(id);
    const left = remaining(order);
    if (left === 0) return false;
    order.withdrawn += left;
    this.accept({ ...order, quantity: left, originalId: id, isCancel: true });
    return true;
  }

  /** What is left goes on under a new number; null when less is left than asked for. */
  amend(id: BrokerOrderId, price: Won, size: number): ModelOrder | null {
    const order = this.#find(id);
    if (remaining(order) < size || !this.takes(order.instrument)) return null;
    order.withdrawn += remaining(order);
    return this.accept({ ...order, price, quantity: size, originalId: id });
  }

  /** Every row that is visible by now, oldest first. */
  rows(): readonly BrokerOrder[] {
    const { timeline, saysOrigin } = this.#options;
    return this.orders.filter((order) => order.visibleAt <= timeline.now).map((order) => rowOf(order, saysOrigin));
  }

  /** One execution now, of what may be left. */
  #fill(order: ModelOrder): void {
    const { plan, market, timeline, later } = this.#options;
    if (remaining(order) === 0) return;
    if (!market.trades(order.instrument)) {
      timeline.in(lockedMs, () => this.#fill(order), null);
      return;
    }
    const size = 1 + this.#options.random.below(remaining(order));
    order.filled += size;
    this.#tellFill(order, size);
    if (order.owner.kind === 'ours' && plan.strikes('fill-busted')) {
      timeline.in(later.below(bustWithinMs), () => bust(order, size), null);
    }
  }

  #tellFill(order: ModelOrder, size: number): void {
    const { id, instrument, side, price } = order;
    // The wire stamps whole seconds.
    const at = instantAt(Math.floor(this.#options.timeline.now / 1_000) * 1_000);
    this.#options.tell({
      kind: 'filled',
      fill: { brokerOrderId: id, instrument, side, price, quantity: quantity(size), at },
    });
  }

  #find(id: BrokerOrderId): ModelOrder {
    const order = this.orders.find((candidate) => candidate.id === id);
    if (order === undefined) throw new Error(`the gateway named an order that the broker never had: ${id}`);
    return order;
  }

  #delay(): number {
    const { visibilityMs, visibilityMaxMs, plan, random } = this.#options;
    if (visibilityMs !== null) return visibilityMs;
    return plan.strikes('late-visibility') ? random.below(visibilityMaxMs) : 0;
  }

  #nextId(): BrokerOrderId {
    this.#serial += 1;
    // The model's own numbers, read back by nobody but the desk.
    return String(this.#serial).padStart(10, '0') as BrokerOrderId;
  }
}

/** The trade never was, nobody says so, and its shares do not come back into the book. */
function bust(order: ModelOrder, size: number): void {
  order.filled -= size;
  order.busted += size;
  order.withdrawn += size;
}

/** Shares that may still fill. */
export function remaining(order: ModelOrder): number {
  if (order.isRejected || order.isCancel) return 0;
  return order.quantity - order.filled - order.withdrawn;
}

/** A moment of the history on the broker's clock. */
export function instantAt(now: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(epochMs + now);
}

function rowOf(order: ModelOrder, saysOrigin: boolean): BrokerOrder {
  const { id, instrument, side, originalId, price, filled, isCancel, isRejected, owner, orderedAt } = order;
  return {
    brokerOrderId: id,
    forwardingOffice: '',
    instrument,
    side,
    originalId,
    quantity: shares(order.quantity),
    price,
    filled: shares(filled),
    remaining: shares(remaining(order)),
    isCancel,
    isRejected,
    fillPriceAverage: filled === 0 ? won(0) : price,
    orderedAt,
    ...(saysOrigin ? { origin: owner.kind === 'ours' ? ours : theirs } : {}),
  };
}

function shares(count: number): Quantity {
  return quantity(count);
}
