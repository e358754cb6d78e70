import type { BrokerEnvironment } from '#domain/environment.ts';
import { invariant } from '#domain/invariant.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';
import type { AccountLedger, LedgerFill } from '#exchange/account-ledger.ts';
import { openLedger, orderableCash, rollTo, settleFill } from '#exchange/ledger.ts';
import { commission, commissionPpbOf } from '#markets/costs.ts';

import type { Board } from './floor/market-operation.ts';
import type { OrderLife } from './hours/order-life.ts';
import type { VenueEvent } from './venue-event.ts';

/** One number the broker gave out, and what became of it. */
export interface SimulatedOrder {
  readonly environment: BrokerEnvironment;
  readonly number: number;
  /** The number this one amends or cancels. */
  readonly original: number | null;
  readonly action: 'new' | 'amend' | 'cancel';
  readonly instrument: Instrument;
  readonly side: OrderSide;
  /** `ORD_DVSN` as it came. */
  readonly division: string;
  readonly price: Won;
  readonly marginPrice: Won;
  readonly quantity: number;
  readonly at: number;
  /** Trading day, yyyy-mm-dd. */
  readonly date: string;
  /** `EXCG_ID_DVSN_CD` as it came. */
  readonly exchange: string;
  /** Where it stands; what SOR chose. */
  readonly board: Board;
  readonly life: OrderLife;
  /** `CNDT_PRIC`; 0 for all but stop orders. */
  readonly stopPrice: Won;
  /** A stop that woke up, or a conditional order that became a market order. */
  isTriggered: boolean;
  filled: number;
  filledValue: number;
  /** Market time of the last fill; 0 before one. */
  filledAt: number;
  /** Shares that may still trade under this number. */
  remaining: number;
  cancelled: number;
  refused: number;
  /** The amendment that took over, so that an ancestor's number finds the live order. */
  successor: number | null;
}

/** A fill with the number of the order it belongs to. */
export interface SimulatedFill extends LedgerFill {
  readonly number: number;
  readonly at: number;
}

/** One account at the broker: a fold of the events of its environment. */
export class AccountState {
  readonly environment: BrokerEnvironment;
  readonly orders = new Map<number, SimulatedOrder>();
  readonly fills: SimulatedFill[] = [];
  readonly #open = new Set<SimulatedOrder>();
  readonly #instrumentOf: (symbol: string) => Instrument;
  #ledger: AccountLedger;
  /** The books as they stood before the last fill. */
  #ledgerBefore: AccountLedger | null = null;

  constructor(environment: BrokerEnvironment, cash: Won, instrumentOf: (symbol: string) => Instrument) {
    this.environment = environment;
    this.#instrumentOf = instrumentOf;
    this.#ledger = openLedger(cash);
  }

  get ledger(): AccountLedger {
    return this.#ledger;
  }

  /** Orders with shares that may still trade, oldest first. */
  openOrders(): readonly SimulatedOrder[] {
    return [...this.#open];
  }

  /** The live order behind `number`, which may be an ancestor's; null when nothing is left. */
  liveOrder(number: number): SimulatedOrder | null {
    let order = this.orders.get(number);
    while (order !== undefined && order.remaining === 0 && order.successor !== null) {
      order = this.orders.get(order.successor);
    }
    return order === undefined || order.remaining === 0 ? null : order;
  }

  /** Cash a new buy may use: orderable cash less what open buys may still cost, fees included. */
  freeCash(): Won {
    let held = 0;
    for (const order of this.#open) if (order.side === 'buy') held += marginOf(order, order.remaining);
    return won(orderableCash(this.#ledger) - held);
  }

  /** Shares that no open sell has spoken for. */
  freeShares(instrument: Instrument): number {
    let held: number = this.#ledger.positions.get(instrument.id)?.quantity ?? 0;
    for (const order of this.#open) {
      if (order.side === 'sell' && order.instrument.id === instrument.id) held -= order.remaining;
    }
    return held;
  }

  order(event: Extract<VenueEvent, { kind: 'order' }>): void {
    const order: SimulatedOrder = {
      ...event,
      instrument: this.#instrumentOf(event.symbol),
      price: won(event.price),
      marginPrice: won(event.marginPrice),
      stopPrice: won(event.stopPrice),
      isTriggered: false,
      filled: 0,
      filledValue: 0,
      filledAt: 0,
      remaining: event.action === 'cancel' ? 0 : event.quantity,
      cancelled: 0,
      refused: 0,
      successor: null,
    };
    invariant(!this.orders.has(event.number), `order number ${event.number} is given out once`);
    this.orders.set(event.number, order);
    if (order.remaining > 0) this.#open.add(order);
    const original = event.original === null ? undefined : this.orders.get(event.original);
    if (original !== undefined && event.action === 'amend') original.successor = event.number;
  }

  triggered(event: Extract<VenueEvent, { kind: 'triggered' }>): void {
    this.#order(event.number).isTriggered = true;
  }

  fill(event: Extract<VenueEvent, { kind: 'fill' }>): void {
    const order = this.#order(event.number);
    invariant(event.quantity <= order.remaining, `order ${event.number} fills no more than its remaining shares`);
    order.filled += event.quantity;
    order.filledValue += event.price * event.quantity;
    order.filledAt = event.at;
    this.#take(order, event.quantity);
    this.#ledgerBefore = this.#ledger;
    const { ledger, fill } = settleFill(this.#ledger, {
      instrument: order.instrument,
      side: order.side,
      price: won(event.price),
      quantity: quantity(event.quantity),
      tradeDate: Temporal.PlainDate.from(event.date),
      commissionPpb: commissionPpbOf(order.instrument.kind),
    });
    this.#ledger = ledger;
    this.fills.push({ ...fill, number: event.number, at: event.at });
  }

  /** The last fill, which a bust may still take back; null before one, and when it has been. */
  lastFill(): SimulatedFill | null {
    return this.#ledgerBefore === null ? null : (this.fills.at(-1) ?? null);
  }

  /** Takes the last fill back: cash and shares are as before it, and its shares count as cancelled. */
  bust(event: Extract<VenueEvent, { kind: 'bust' }>): void {
    const fill = this.fills.pop();
    invariant(fill?.number === event.number && this.#ledgerBefore !== null, `order ${event.number} filled last`);
    const order = this.#order(event.number);
    order.filled -= event.quantity;
    order.filledValue -= event.quantity * fill.price;
    order.cancelled += event.quantity;
    this.#ledger = this.#ledgerBefore;
    this.#ledgerBefore = null;
  }

  closed(event: Extract<VenueEvent, { kind: 'closed' }>): void {
    const order = this.#order(event.number);
    invariant(event.quantity <= order.remaining, `order ${event.number} loses no more than its remaining shares`);
    if (event.reason === 'refused') order.refused += event.quantity;
    else order.cancelled += event.quantity;
    this.#take(order, event.quantity);
  }

  rollTo(date: Temporal.PlainDate): void {
    this.#ledger = rollTo(this.#ledger, date);
    if (this.#ledgerBefore !== null) this.#ledgerBefore = rollTo(this.#ledgerBefore, date);
  }

  #take(order: SimulatedOrder, shares: number): void {
    order.remaining -= shares;
    if (order.remaining === 0) this.#open.delete(order);
  }

  #order(number: number): SimulatedOrder {
    const order = this.orders.get(number);
    invariant(order !== undefined, `event for order ${number}, which was never given out`);
    return order;
  }
}

/** What a buy of `shares` may cost at most: margin price times shares, and the fee on it. */
function marginOf(order: { readonly instrument: Instrument; readonly marginPrice: Won }, shares: number): Won {
  const value = won(order.marginPrice * shares);
  return won(value + commission(value, commissionPpbOf(order.instrument.kind)));
}
