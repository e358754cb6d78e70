import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderRequest } from '#domain/order.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';
import type { Approved } from '#guard/approved.ts';

import type { BrokerOrder, Inquiry } from '../../broker.ts';
import type { KisCalls } from '../calls/calls.ts';
import type { KisBrokerOptions } from '../options.ts';
import { readBuyableFor } from './accounts.ts';
import { readAssets, type AccountAssets } from './assets.ts';
import { listFilledOrders, type OrderPeriod } from './order-list.ts';
import { readProfitByDay, readProfitByTrade, type ProfitByDay, type ProfitByTrade } from './profits.ts';
import { readRealisedBalance, type RealisedBalance } from './realised-balance.ts';
import { listReservations, type Reservation } from './reservation-list.ts';
import { amendReservation, cancelReservation, reserveOrder, type ReserveResult } from './reservations.ts';
import { readSellable, type Sellable } from './sellable.ts';
import { listWorkingOrders, type CancellableOrder } from './working-orders.ts';

/** What a KIS account can be asked and told in Korean stocks beyond what every broker offers. */
export interface KisAccount {
  /**
   * Cash and shares that can be bought without receivables with this very kind of order: KIS counts a market order at
   * the upper limit price.
   *
   * @throws {FixConfiguration} `kis.order-kind` when KIS has no such order
   */
  buyableFor(
    order: Pick<OrderRequest, 'instrument' | 'type' | 'timeInForce' | 'venue' | 'session' | 'price'>,
  ): Promise<{ readonly cash: Won; readonly quantity: Quantity }>;
  /** Shares that can be sold now. Real only: `kis.not-on-paper`. */
  sellable(instrument: InstrumentId): Promise<Sellable>;
  /** Orders of today of which something can still be amended or cancelled. */
  workingOrders(): Promise<Inquiry<CancellableOrder>>;
  /** Every order of a period, both days inclusive, that filled at least in part; oldest first, older than three months too. */
  filledOrders(period: OrderPeriod): Promise<Inquiry<BrokerOrder>>;
  /** Holdings and cash with today's realised result. Real only. */
  realisedBalance(): Promise<RealisedBalance>;
  /** Realised result of each day of a period. Real only. */
  profitByDay(period: OrderPeriod): Promise<ProfitByDay>;
  /** Realised result of each instrument and day of a period; all instruments when none is named. Real only. */
  profitByTrade(period: OrderPeriod, instrument?: InstrumentId): Promise<ProfitByTrade>;
  /** What the whole account is worth, other than Korean stocks included. Real only. */
  assets(): Promise<AccountAssets>;
  /**
   * Leaves an order for the next session, or for every session until `until`, at most 30 days ahead. Sent at most once,
   * and not at all on paper, outside of the hours for it, or for a kind of order that cannot be reserved. An answer
   * `unknown` means what it means for an order: look into the list before anything else.
   *
   * @throws {InvariantError} when `order` did not come from the guard
   */
  reserve(order: Approved, until?: Temporal.PlainDate): Promise<ReserveResult>;
  /** @throws {InvariantError} when `change` did not come from the guard, or names another instrument or side */
  amendReservation(reservation: Reservation, change: Approved, until?: Temporal.PlainDate): Promise<ReserveResult>;
  /** Goes out at any hour: a cancel can only take risk away, and the broker knows best whether it is too late. */
  cancelReservation(reservation: Reservation): Promise<ReserveResult>;
  /** Reservations of a period, cancelled and carried-out ones too. `incomplete` on paper, which has none. */
  reservations(period: OrderPeriod): Promise<Inquiry<Reservation>>;
}

/** The account of `options.credentials`, over calls that keep to the shared budget. */
export function createKisAccount(options: KisBrokerOptions, calls: KisCalls): KisAccount {
  return {
    buyableFor: (order) => readBuyableFor(options, calls, order),
    sellable: (instrument) => readSellable(options, calls, instrument),
    workingOrders: () => listWorkingOrders(options, calls),
    filledOrders: (period) => listFilledOrders(options, calls, period),
    realisedBalance: () => readRealisedBalance(options, calls),
    profitByDay: (period) => readProfitByDay(options, calls, period),
    profitByTrade: (period, instrument) => readProfitByTrade(options, calls, period, instrument),
    assets: () => readAssets(options, calls),
    reserve: (order, until) => reserveOrder(options, calls, order, until),
    amendReservation: (reservation, change, until) => amendReservation(options, calls, reservation, { change, until }),
    cancelReservation: (reservation) => cancelReservation(options, calls, reservation),
    reservations: (period) => listReservations(options, calls, period),
  };
}
