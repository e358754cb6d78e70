import type { OrderSide } from '#domain/order.ts';
import type { BrokerOrderId } from '#domain/order.ts';
import type { UsInstrumentId } from '#domain/overseas-order.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { UsdTick, WonPerUsd } from '#domain/usd.ts';
import type { Won } from '#domain/won.ts';
import type { ApprovedOverseas } from '#guard/overseas-approved.ts';

import type { Inquiry, PlaceResult } from '../../broker.ts';
import type { KisCalls } from '../calls/calls.ts';
import type { KisBrokerOptions } from '../options.ts';
import { readUsBalance, readUsBuyable, readUsPresentBalance, readUsProfit } from './us-accounts.ts';
import { readUsBars, readUsMinuteBars } from './us-bars.ts';
import { listUsOrders, listUsWorkingOrders } from './us-order-lists.ts';
import { amendUsOrder, cancelUsOrder, placeUsOrder } from './us-orders.ts';
import { readUsOrderBook, readUsPrice, readUsPriceDetail, readUsProduct, readUsSettlement } from './us-quotes.ts';

/** Last trade of a US stock as KIS shows it now. */
export interface UsPrice {
  readonly instrument: UsInstrumentId;
  readonly at: Temporal.Instant;
  readonly price: UsdTick;
  /** Close of the regular session before. */
  readonly previousClose: UsdTick;
  readonly volumeOfDay: number;
  /** KIS's word on whether it can be bought (`ordy`), as it is. */
  readonly tradable: string;
}

export interface UsPriceDetail extends Omit<UsPrice, 'tradable'> {
  readonly open: UsdTick;
  readonly high: UsdTick;
  readonly low: UsdTick;
  readonly high52Weeks: UsdTick;
  readonly low52Weeks: UsdTick;
  readonly sharesListed: number;
  readonly tickSize: UsdTick;
  readonly lot: number;
  readonly currency: string;
  readonly rate: WonPerUsd;
}

export interface UsBookLevel {
  readonly price: UsdTick;
  readonly quantity: Quantity;
}

/** Best first, at most ten levels a side; one level where the account has no more. */
export interface UsOrderBook {
  readonly instrument: UsInstrumentId;
  /** New York's wall clock when the book was made, as KIS tells it. */
  readonly localAt: Temporal.PlainDateTime;
  readonly asks: readonly UsBookLevel[];
  readonly bids: readonly UsBookLevel[];
}

/** A day, week or month (named by its date in New York), or a minute (by its instant). */
export interface UsBar {
  readonly date: Temporal.PlainDate;
  /** Null for anything longer than a minute. */
  readonly startsAt: Temporal.Instant | null;
  readonly open: UsdTick;
  readonly high: UsdTick;
  readonly low: UsdTick;
  readonly close: UsdTick;
  readonly volume: number;
}

export interface UsProduct {
  readonly instrument: UsInstrumentId;
  readonly isin: string;
  readonly nameEnglish: string;
  readonly name: string;
  readonly currency: string;
}

/** A working order abroad, with what an amendment or a cancel needs. */
export interface UsWorkingOrder {
  readonly brokerOrderId: BrokerOrderId;
  readonly instrument: UsInstrumentId;
  readonly side: OrderSide;
  /** Shares that may still trade; a cancel names them. */
  readonly remaining: Quantity;
}

/** One row of KIS's own list of orders abroad. */
export interface UsOrder extends UsWorkingOrder {
  readonly originalId: BrokerOrderId | null;
  readonly change: 'none' | 'amend' | 'cancel';
  readonly quantity: Quantity;
  readonly price: UsdTick;
  readonly filled: Quantity;
  /** Rounded half up to 1/10,000 dollar; 0 when nothing filled. */
  readonly fillPriceAverage: UsdTick;
  readonly isRejected: boolean;
  /** Null in the list of working orders, where KIS does not say in whose time it is. */
  readonly orderedAt: Temporal.Instant | null;
}

export interface UsPosition {
  readonly instrument: UsInstrumentId;
  readonly quantity: Quantity;
  readonly sellable: Quantity;
  readonly cost: UsdTick;
  readonly price: UsdTick;
}

/** Cash and holdings with what they are worth in won, by KIS's own rate. */
export interface UsPresentBalance {
  readonly cash: UsdTick;
  readonly withdrawable: UsdTick;
  /** Null when KIS lists no dollars. */
  readonly rate: WonPerUsd | null;
  readonly totalAssets: Won;
  readonly positions: readonly UsPosition[];
}

export interface UsProfitRow {
  readonly date: Temporal.PlainDate;
  readonly instrument: UsInstrumentId;
  readonly quantity: Quantity;
  readonly bought: UsdTick;
  readonly sold: UsdTick;
  readonly costs: UsdTick;
  readonly realised: UsdTick;
}

/** Whether US markets trade on a day: KIS lists markets that do, with the days on which their trades settle. */
export interface UsSettlement {
  readonly isTradingDay: boolean;
  /** Null when nothing trades. */
  readonly settlesOn: Temporal.PlainDate | null;
  readonly settlesInKoreaOn: Temporal.PlainDate | null;
}

/**
 * US stocks through KIS. Reads are tried again within the broker's budget, orders are sent once. Operations that KIS
 * offers on the real host only throw {FixConfiguration} `kis.not-on-paper` on paper.
 */
export interface KisOverseas {
  price(instrument: UsInstrumentId): Promise<UsPrice>;
  /** Real only. */
  priceDetail(instrument: UsInstrumentId): Promise<UsPriceDetail>;
  /** Real only. */
  orderBook(instrument: UsInstrumentId): Promise<UsOrderBook>;
  /** Oldest first, both ends included, adjusted prices, every page followed. */
  bars(
    instrument: UsInstrumentId,
    span: 'day' | 'week' | 'month',
    from: Temporal.PlainDate,
    to: Temporal.PlainDate,
  ): Promise<readonly UsBar[]>;
  /** The last `count` bars of `minutes` each, oldest first. Real only. */
  minuteBars(instrument: UsInstrumentId, minutes: number, count: number): Promise<readonly UsBar[]>;
  /** Real only. */
  product(instrument: UsInstrumentId): Promise<UsProduct>;
  /** Real only. KIS knows today and the past; a day to come looks like a holiday. */
  settlement(date: Temporal.PlainDate): Promise<UsSettlement>;
  /** Sends once. @throws InvariantError when `order` did not come from `decideOverseas()` */
  place(order: ApprovedOverseas): Promise<PlaceResult>;
  amend(order: UsWorkingOrder, change: ApprovedOverseas): Promise<PlaceResult>;
  cancel(order: UsWorkingOrder): Promise<PlaceResult>;
  workingOrders(): Promise<Inquiry<UsOrder>>;
  /** Orders and fills from `from` to `to`, New York's days, both included. */
  orders(from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<Inquiry<UsOrder>>;
  /** Holdings of the three markets, each stock once. */
  positions(): Promise<readonly UsPosition[]>;
  presentBalance(): Promise<UsPresentBalance>;
  buyable(
    instrument: UsInstrumentId,
    price: UsdTick,
  ): Promise<{ readonly cash: UsdTick; readonly quantity: Quantity; readonly rate: WonPerUsd }>;
  /** Real only. */
  profit(from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<readonly UsProfitRow[]>;
}

/** US stocks over the calls of one KIS broker. */
export function createKisOverseas(options: KisBrokerOptions, calls: KisCalls): KisOverseas {
  const { clock } = options;
  return {
    price: (instrument) => readUsPrice(calls, clock, instrument),
    priceDetail: (instrument) => readUsPriceDetail(calls, clock, instrument),
    orderBook: (instrument) => readUsOrderBook(calls, instrument),
    bars: (instrument, span, from, to) => readUsBars(calls, instrument, span, { from, to }),
    minuteBars: (instrument, minutes, count) => readUsMinuteBars(calls, instrument, minutes, count),
    product: (instrument) => readUsProduct(calls, instrument),
    settlement: (date) => readUsSettlement(calls, date),
    place: async (order) => placeUsOrder(options, calls, order),
    amend: async (order, change) => amendUsOrder(options, calls, order, change),
    cancel: async (order) => cancelUsOrder(options, calls, order),
    workingOrders: () => listUsWorkingOrders(options, calls),
    orders: (from, to) => listUsOrders(options, calls, from, to),
    positions: () => readUsBalance(options, calls),
    presentBalance: () => readUsPresentBalance(options, calls),
    buyable: (instrument, price) => readUsBuyable(options, calls, instrument, price),
    profit: (from, to) => readUsProfit(options, calls, from, to),
  };
}
