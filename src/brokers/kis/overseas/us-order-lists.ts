import type { BrokerOrderId } from '#domain/order.ts';
import { quantity, type Quantity } from '#domain/quantity.ts';
import { dateNumber, seoulInstant } from '#domain/trading-date.ts';
import { usdTick, type UsdTick } from '#domain/usd.ts';

import type { Inquiry } from '../../broker.ts';
import { sideOf } from '../account/order-row.ts';
import { accountFields } from '../calls/account-number.ts';
import type { KisCalls } from '../calls/calls.ts';
import { inquired } from '../calls/inquired.ts';
import { ordersOnPage } from '../calls/orders-on-page.ts';
import { readPages } from '../calls/pages.ts';
import { wireOrderNumber, WireRow } from '../calls/wire-row.ts';
import { changeCodes } from '../codes.ts';
import { overseasEndpoints } from '../endpoints/overseas.ts';
import { budgetOf, type KisBrokerOptions } from '../options.ts';
import { overseasFields } from './overseas-fields.ts';
import { wireUsInstrument } from './us-instrument.ts';
import { usMarketCodes } from './us-market-codes.ts';
import type { UsWorkingOrder } from './us-orders.ts';
import { sharesField, usdField } from './usd-text.ts';

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

/** On the real host NASD stands for the whole of the United States; paper is asked market by market. */
export function exchangesAsked(options: KisBrokerOptions): readonly string[] {
  if (options.environment === 'real') return [usMarketCodes.NASDAQ.exchange];
  return Object.values(usMarketCodes).map(({ exchange }) => exchange);
}

/** Orders abroad that may still trade. An error on any page makes the whole list incomplete. */
export async function listUsWorkingOrders(options: KisBrokerOptions, calls: KisCalls): Promise<Inquiry<UsOrder>> {
  return inquired(async () => {
    const orders: UsOrder[] = [];
    for (const exchange of exchangesAsked(options)) {
      const query = { ...accountFields(options.credentials), OVRS_EXCG_CD: exchange, SORT_SQN: '' };
      const pages = await readPages(calls, overseasEndpoints.workingOrders, query, budgetOf(options).pagesMax, '200');
      for (const page of pages) orders.push(...ordersOnPage(calls, page, 'output', workingOrderOf));
    }
    return newestOf(orders);
  });
}

/** Orders and fills, oldest first, so that a new order lands behind the last page. */
export async function listUsOrders(
  options: KisBrokerOptions,
  calls: KisCalls,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Promise<Inquiry<UsOrder>> {
  const isReal = options.environment === 'real';
  return inquired(async () => {
    const query = {
      ...accountFields(options.credentials),
      // On real % asks for everything, other countries included: an order that is not ours must be seen (INV-08).
      // Paper wants both empty (spec §6.2).
      PDNO: isReal ? '%' : '',
      ORD_STRT_DT: String(dateNumber(from)),
      ORD_END_DT: String(dateNumber(to)),
      SLL_BUY_DVSN: '00',
      CCLD_NCCS_DVSN: '00',
      OVRS_EXCG_CD: isReal ? '%' : '',
      SORT_SQN: 'AS',
      ORD_DT: '',
      ORD_GNO_BRNO: '',
      ODNO: '',
    };
    const pages = await readPages(calls, overseasEndpoints.orders, query, budgetOf(options).pagesMax, '200');
    return newestOf(pages.flatMap((page) => ordersOnPage(calls, page, 'output', orderOf)));
  });
}

/** By order number: a market asked for twice, or a row shown on two pages, counts once, and the last reading stands. */
function newestOf(orders: readonly UsOrder[]): readonly UsOrder[] {
  return [...new Map(orders.map((order) => [order.brokerOrderId, order])).values()];
}

function workingOrderOf(trId: string, block: unknown): UsOrder | null {
  const row = new WireRow(trId, block, overseasFields.workingOrder);
  const instrument = wireUsInstrument(row.text('ovrs_excg_cd'), row.text('pdno'));
  if (instrument === null) return null;
  return {
    brokerOrderId: row.orderNumber('odno'),
    originalId: wireOrderNumber(row.text('orgn_odno')),
    instrument,
    side: sideOf(row),
    change: 'none',
    quantity: quantity(sharesField(row, 'ft_ord_qty')),
    price: usdField(row, 'ft_ord_unpr3'),
    filled: quantity(sharesField(row, 'ft_ccld_qty')),
    remaining: quantity(sharesField(row, 'nccs_qty')),
    fillPriceAverage: usdTick(0),
    isRejected: false,
    orderedAt: null,
  };
}

function orderOf(trId: string, block: unknown): UsOrder | null {
  const row = new WireRow(trId, block, overseasFields.order);
  const instrument = wireUsInstrument(row.text('ovrs_excg_cd'), row.text('pdno'));
  if (instrument === null) return null;
  return {
    brokerOrderId: row.orderNumber('odno'),
    originalId: wireOrderNumber(row.text('orgn_odno')),
    instrument,
    side: sideOf(row),
    change: changeOf(row.text('rvse_cncl_dvsn')),
    quantity: quantity(sharesField(row, 'ft_ord_qty')),
    price: usdField(row, 'ft_ord_unpr3'),
    filled: quantity(sharesField(row, 'ft_ccld_qty')),
    remaining: quantity(sharesField(row, 'nccs_qty')),
    fillPriceAverage: usdField(row, 'ft_ccld_unpr3'),
    isRejected: row.text('rjct_rson_name') !== '',
    orderedAt: seoulInstant(row.date('dmst_ord_dt'), row.time('thco_ord_tmd')),
  };
}

function changeOf(code: string): UsOrder['change'] {
  if (code === changeCodes.cancel) return 'cancel';
  return code === changeCodes.amend ? 'amend' : 'none';
}
