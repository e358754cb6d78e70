import type { Designation, Instrument, InstrumentId } from '#domain/instrument.ts';
import type { OrderId, OrderRequest, OrderSide } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';
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
  readonly at: Temporal.Instant;
}

/** All the guard looks at, as plain values: a missing one is null and means no. */
export interface GuardState {
  readonly now: Temporal.Instant;
  readonly limits: Limits;
  /** Kinds of order that may go out at all; it stands beside the limits because it has no numbers to compare. */
  readonly permits: Permits;
  readonly isHalted: boolean;
  /** (instrument, side) lanes closed by an unknown order. */
  readonly closedLanes: ReadonlySet<`${InstrumentId}/${OrderSide}`>;
  readonly universe: ReadonlyMap<InstrumentId, Instrument>;
  readonly designation: (instrument: InstrumentId) => Designation | null;
  /** Last trade and when the market printed it. */
  readonly lastTrade: (instrument: InstrumentId) => { readonly price: Won; readonly at: Temporal.Instant } | null;
  /** The day's base price, from the broker. */
  readonly basePrice: (instrument: InstrumentId) => Won | null;
  /** Start and end of KRX's regular trading of today, auctions included; null when closed or unknown. */
  readonly session: { readonly opensAt: Temporal.Instant; readonly closesAt: Temporal.Instant } | null;
  /** The same for an order to another venue or session than KRX's regular one; absent where only that one is known. */
  readonly otherSession?: (
    order: Pick<OrderRequest, 'instrument' | 'venue' | 'session'>,
  ) => { readonly opensAt: Temporal.Instant; readonly closesAt: Temporal.Instant } | null;
  /** Cash that ordering can use, before open buys are taken off: the guard takes them off itself. */
  readonly cash: Won | null;
  readonly equity: Won | null;
  readonly positions: ReadonlyMap<InstrumentId, Position>;
  /** Realised and open result of today together; negative is a loss. */
  readonly profitOfDay: Won | null;
  /** Every order of today that passed the guard, oldest first. */
  readonly ordersOfDay: readonly GuardOrder[];
  /** Times of today's cancels and amends, oldest first. */
  readonly cancelsOfDay: readonly Temporal.Instant[];
}
