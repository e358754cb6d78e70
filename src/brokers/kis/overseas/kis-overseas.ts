import type { UsInstrumentId } from '#domain/overseas-order.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { UsdTick, WonPerUsd } from '#domain/usd.ts';
import type { ApprovedOverseas } from '#guard/overseas-approved.ts';

import type { Inquiry, PlaceResult } from '../../broker.ts';
import type { KisCalls } from '../calls/calls.ts';
import type { KisBrokerOptions } from '../options.ts';
import {
  readUsBalance,
  readUsBuyable,
  readUsPresentBalance,
  readUsProfit,
  type UsPosition,
  type UsPresentBalance,
  type UsProfitRow,
} from './us-accounts.ts';
import { readUsBars, readUsMinuteBars, type UsBar } from './us-bars.ts';
import { listUsOrders, listUsWorkingOrders, type UsOrder } from './us-order-lists.ts';
import { amendUsOrder, cancelUsOrder, placeUsOrder, type UsWorkingOrder } from './us-orders.ts';
import {
  readUsOrderBook,
  readUsPrice,
  readUsPriceDetail,
  readUsProduct,
  readUsSettlement,
  type UsOrderBook,
  type UsPrice,
  type UsPriceDetail,
  type UsProduct,
  type UsSettlement,
} from './us-quotes.ts';

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
