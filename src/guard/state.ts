import type { Designation, Instrument, InstrumentId } from '#domain/instrument.ts';
import type { OrderId, OrderRequest, OrderSide } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';
import type { LimitOverrides } from './limit-overrides.ts';
import type { Limits } from './limits.ts';
import type { Permits } from './permits.ts';

/** An order of today as the guard needs it; the desk keeps this list. */
export interface GuardOrder {
  readonly orderId: OrderId;
  /** Strategy name, or `person`. */
  readonly requester: string;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  /** Its limit price; of an order without one, the price it was valued at. */
  readonly price: Won;
  /** True when it may fill at a price that nobody knows yet. Absent means no. */
  readonly hasOpenPrice?: boolean;
  readonly quantity: Quantity;
  readonly filled: Quantity;
  /** Quantity that may still fill, or of which we do not know that it cannot. */
  readonly open: Quantity;
  /** When it was asked for, in epoch milliseconds: a number, because a decision compares each of the day. */
  readonly atMs: number;
}

/** Hours within which orders are taken, in epoch milliseconds: from the opening, included, to the close, excluded. */
export interface OrderHours {
  readonly opensAtMs: number;
  readonly closesAtMs: number;
}

/** All the guard looks at, as plain values: a missing one is null and means no. */
export interface GuardState {
  /** Epoch milliseconds: moments here are numbers, because a decision compares dozens of them. */
  readonly nowMs: number;
  /** Those of the account. */
  readonly limits: Limits;
  /** What binds one strategy or one symbol more tightly than the account. */
  readonly overrides: LimitOverrides;
  /** Kinds of order that may go out at all; it stands beside the limits because it has no numbers to compare. */
  readonly permits: Permits;
  readonly isHalted: boolean;
  /**
   * Real milliseconds since the watchdog's last sign of life; null when it never gave one. Absent where nothing is
   * watched: a backtest, or a gateway that was started without a watchdog.
   */
  readonly watchdogSilentMs?: number | null;
  /** Strategies that may add no risk until a person lets them. */
  readonly haltedStrategies: ReadonlySet<string>;
  /** How far our clock may be from the market's, 0 or more; null when nobody knows. */
  readonly clockErrorMs: number | null;
  /** Orders whose numbers contradict each other (INV-07); null when that is not known. */
  readonly conservationBreaks: number | null;
  /** (instrument, side) lanes closed by an unknown order. */
  readonly closedLanes: ReadonlySet<`${InstrumentId}/${OrderSide}`>;
  readonly universe: ReadonlyMap<InstrumentId, Instrument>;
  readonly designation: (instrument: InstrumentId) => Designation | null;
  /** Since when the instrument stands on the list, in epoch milliseconds; null when not known. */
  readonly listedSinceMs: (instrument: InstrumentId) => number | null;
  /** Won traded a day on average over the last 20 days that are over; null when not known. */
  readonly tradedValueAverage: (instrument: InstrumentId) => Won | null;
  /** Last trade and when the market printed it, in epoch milliseconds. */
  readonly lastTrade: (instrument: InstrumentId) => { readonly price: Won; readonly atMs: number } | null;
  /** The day's base price, from the broker. */
  readonly basePrice: (instrument: InstrumentId) => Won | null;
  /** Start and end of KRX's regular trading of today, auctions included; null when closed or unknown. */
  readonly session: OrderHours | null;
  /** The same for an order to another venue or session than KRX's regular one; absent where only that one is known. */
  readonly otherSession?: (order: Pick<OrderRequest, 'instrument' | 'venue' | 'session'>) => OrderHours | null;
  /** Cash that ordering can use, before open buys are taken off: the guard takes them off itself. */
  readonly cash: Won | null;
  readonly equity: Won | null;
  readonly positions: ReadonlyMap<InstrumentId, Position>;
  /** Realised and open result of today together; negative is a loss. */
  readonly profitOfDay: Won | null;
  /** Every order of today that passed the guard, oldest first. */
  readonly ordersOfDay: readonly GuardOrder[];
  /** Times of today's cancels and amends in epoch milliseconds, oldest first. */
  readonly cancelsOfDay: readonly number[];
  /** Quantities of the last 20 orders of a requester that passed the guard, in any order; fewer when there were fewer. */
  readonly recentQuantities: (requester: string) => readonly number[];
  /** True when a person has just confirmed an order with these very terms, which was refused before. */
  readonly isConfirmed: (request: OrderRequest) => boolean;
}
