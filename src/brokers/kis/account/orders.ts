import { SnowballError } from '#domain/errors.ts';
import { symbolOf } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import type { OrderSide } from '#domain/order.ts';
import { dateNumber, seoulDate, seoulInstant } from '#domain/trading-date.ts';
import { isApproved, type Approved } from '#guard/approved.ts';

import type { BrokerOrder, Inquiry, PlaceResult, WorkingOrder } from '../../broker.ts';
import { accountFields } from '../calls/account-number.ts';
import type { KisAnswer, KisCalls } from '../calls/calls.ts';
import { allExchangesCode, changeCodes, exchangeCode, orderDivisions, sideCodes } from '../codes.ts';
import { tradingEndpoints } from '../endpoints/trading.ts';
import { rowsOf } from '../calls/envelope.ts';
import { budgetOf, type KisBrokerOptions } from '../options.ts';
import { readPages } from '../calls/pages.ts';
import { wireOrderNumber, WireRow } from '../calls/wire-row.ts';
import { dailyOrderFields } from '../wire-types.ts';

/** Sends a new order once. @throws {InvariantError} when `order` did not come from the guard */
export function placeOrder(options: KisBrokerOptions, calls: KisCalls, order: Approved): Promise<PlaceResult> {
  invariant(isApproved(order), 'an order reached the broker without the guard');
  return calls.order(order.side === 'buy' ? tradingEndpoints.buy : tradingEndpoints.sell, () => ({
    ...accountFields(options.credentials),
    PDNO: symbolOf(order.instrument),
    ORD_DVSN: orderDivisions[order.type][order.timeInForce],
    ORD_QTY: String(order.quantity),
    ORD_UNPR: order.type === 'market' ? '0' : String(order.price),
    EXCG_ID_DVSN_CD: exchangeCode,
    ...(order.side === 'sell' ? { SLL_TYPE: '01' } : {}),
  }));
}

/** Withdraws all that is left. Quantity and price are ignored by the broker when everything goes. */
export function cancelOrder(options: KisBrokerOptions, calls: KisCalls, order: WorkingOrder): Promise<PlaceResult> {
  return calls.order(tradingEndpoints.cancel, () => ({
    ...changedOrderFields(options, order),
    ORD_DVSN: orderDivisions.limit.day,
    RVSE_CNCL_DVSN_CD: changeCodes.cancel,
    ORD_QTY: '0',
    ORD_UNPR: '0',
    QTY_ALL_ORD_YN: 'Y',
  }));
}

/**
 * New price for `change.quantity` shares of what is left. Not "all that is left": between the guard's look and the
 * broker's, more may be left than was approved. A smaller quantity leaves the rest working at the old price.
 *
 * @throws {InvariantError} when `change` did not come from the guard, or names another instrument or side
 */
export function amendOrder(
  options: KisBrokerOptions,
  calls: KisCalls,
  order: WorkingOrder,
  change: Approved,
): Promise<PlaceResult> {
  invariant(isApproved(change), 'an amendment reached the broker without the guard');
  invariant(change.instrument === order.instrument && change.side === order.side, 'an amendment names another order');
  return calls.order(tradingEndpoints.amend, () => ({
    ...changedOrderFields(options, order),
    ORD_DVSN: orderDivisions[change.type][change.timeInForce],
    RVSE_CNCL_DVSN_CD: changeCodes.amend,
    ORD_QTY: String(change.quantity),
    ORD_UNPR: change.type === 'market' ? '0' : String(change.price),
    QTY_ALL_ORD_YN: 'N',
  }));
}

/**
 * All orders of one day, oldest first: a new order lands behind the last page, so that no row slips between two pages
 * while they are read. An error on any page makes the whole list incomplete.
 */
export async function listOrders(
  options: KisBrokerOptions,
  calls: KisCalls,
  date: Temporal.PlainDate,
): Promise<Inquiry<BrokerOrder>> {
  const day = String(dateNumber(date));
  const oldestServed = seoulDate(options.clock.now()).subtract({ months: 3 });
  const isOld = Temporal.PlainDate.compare(date, oldestServed) < 0;
  const query = {
    ...accountFields(options.credentials),
    INQR_STRT_DT: day,
    INQR_END_DT: day,
    SLL_BUY_DVSN_CD: '00',
    PDNO: '',
    CCLD_DVSN: '00',
    INQR_DVSN: '01',
    INQR_DVSN_3: '00',
    ORD_GNO_BRNO: '',
    ODNO: '',
    INQR_DVSN_1: '',
    // On the real host people also trade elsewhere by hand, and an order that is not ours must be seen (INV-08).
    EXCG_ID_DVSN_CD: options.environment === 'real' ? allExchangesCode : exchangeCode,
  };
  try {
    const endpoint = isOld ? tradingEndpoints.oldOrders : tradingEndpoints.orders;
    const pages = await readPages(calls, endpoint, query, budgetOf(options).pagesMax);
    // A server that pages by position can show a row twice while orders come in; what was read last is newest.
    const rows = new Map(pages.flatMap((page) => ordersOf(calls, page)).map((row) => [row.brokerOrderId, row]));
    return { kind: 'complete', rows: [...rows.values()] };
  } catch (error) {
    if (!(error instanceof SnowballError)) throw error;
    return { kind: 'incomplete', cause: error.message };
  }
}

function changedOrderFields(options: KisBrokerOptions, order: WorkingOrder): Record<string, string> {
  return {
    ...accountFields(options.credentials),
    KRX_FWDG_ORD_ORGNO: order.forwardingOffice,
    ORGN_ODNO: order.brokerOrderId,
    EXCG_ID_DVSN_CD: exchangeCode,
  };
}

function ordersOf(calls: KisCalls, page: KisAnswer): readonly BrokerOrder[] {
  const orders: BrokerOrder[] = [];
  for (const block of rowsOf(page.trId, page.body, 'output1')) {
    const order = orderOf(new WireRow(page.trId, block, dailyOrderFields));
    // We send nothing but listed shares, so a row of another kind is never the order that somebody looks for.
    if (order === null) calls.report({ kind: 'unsupported-instrument', trId: page.trId, detail: 'order row left out' });
    else orders.push(order);
  }
  return orders;
}

function orderOf(row: WireRow<(typeof dailyOrderFields)[number]>): BrokerOrder | null {
  const instrument = row.instrument('pdno');
  if (instrument === null) return null;
  return {
    brokerOrderId: row.orderNumber('odno'),
    originalId: wireOrderNumber(row.text('orgn_odno')),
    forwardingOffice: row.text('ord_gno_brno'),
    instrument,
    side: sideOf(row),
    quantity: row.quantity('ord_qty'),
    price: row.won('ord_unpr'),
    filled: row.quantity('tot_ccld_qty'),
    remaining: row.quantity('rmn_qty'),
    isCancel: row.text('cncl_yn') === 'Y',
    isRejected: row.quantity('rjct_qty') > 0,
    fillPriceAverage: row.average('avg_prvs'),
    orderedAt: seoulInstant(row.date('ord_dt'), row.time('ord_tmd')),
  };
}

function sideOf(row: WireRow<(typeof dailyOrderFields)[number]>): OrderSide {
  const code = row.text('sll_buy_dvsn_cd');
  if (code === sideCodes.buy) return 'buy';
  if (code === sideCodes.sell) return 'sell';
  throw row.unreadable('sll_buy_dvsn_cd', 'neither 01 nor 02');
}
