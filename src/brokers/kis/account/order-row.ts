import type { OrderSide, OrderVenue } from '#domain/order.ts';
import { seoulInstant } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';

import type { BrokerOrder, OrderOrigin, WorkingOrder } from '../../broker.ts';
import type { KisAnswer, KisCalls } from '../calls/calls.ts';
import { ordersOnPage } from '../calls/orders-on-page.ts';
import { wireOrderNumber, WireRow } from '../calls/wire-row.ts';
import { sideCodes } from '../codes.ts';
import { dailyOrderFields } from '../wire-types.ts';
import type { workingOrderFields } from './account-fields.ts';
import { orderKind } from './order-divisions.ts';

/** What a row of the daily list and one of the working orders say alike. */
type ListedOrder = Omit<
  BrokerOrder,
  'remaining' | 'isCancel' | 'isRejected' | 'fillPriceAverage' | 'orderedAt' | 'origin'
>;

type ListedField = Extract<(typeof dailyOrderFields)[number], (typeof workingOrderFields)[number]>;

/** The orders on one page of the daily list. @throws {RetryLater} `kis.unreadable-answer` */
export function ordersOf(calls: KisCalls, page: KisAnswer): readonly BrokerOrder[] {
  return ordersOnPage(calls, page, 'output1', orderOf);
}

/** Null for what is no listed share. @throws {RetryLater} `kis.unreadable-answer` */
export function listedOrderOf(row: WireRow<ListedField>, block: unknown): ListedOrder | null {
  const instrument = row.instrument('pdno');
  if (instrument === null) return null;
  return {
    brokerOrderId: row.orderNumber('odno'),
    originalId: wireOrderNumber(row.text('orgn_odno')),
    forwardingOffice: row.text('ord_gno_brno'),
    instrument,
    side: sideOf(row),
    ...termsOfRow(block),
    quantity: row.quantity('ord_qty'),
    price: row.won('ord_unpr'),
    filled: row.quantity('tot_ccld_qty'),
  };
}

/** @throws {RetryLater} `kis.unreadable-answer` when the code is neither 01 nor 02 */
export function sideOf(row: WireRow<'sll_buy_dvsn_cd'>): OrderSide {
  const code = row.text('sll_buy_dvsn_cd');
  if (code === sideCodes.buy) return 'buy';
  if (code === sideCodes.sell) return 'sell';
  throw row.unreadable('sll_buy_dvsn_cd', 'neither 01 nor 02');
}

/**
 * Venue and kind of an order, from the fields that newer answers have and older ones lack. What is missing or is no word
 * of ours stays away; nothing is guessed.
 */
function termsOfRow(block: unknown): Pick<WorkingOrder, 'venue' | 'session' | 'type' | 'timeInForce' | 'stopPrice'> {
  const venue = venues.get(optionalText(block, 'excg_id_dvsn_cd'));
  const kind = orderKind(optionalText(block, 'ord_dvsn_cd'));
  const stop = optionalText(block, 'stpm_cndt_pric');
  const isStop = kind?.type === 'stop-limit' && /^\d{1,9}$/.test(stop) && Number(stop) > 0;
  return {
    ...(venue === undefined ? {} : { venue }),
    ...kind,
    ...(isStop ? { stopPrice: won(Number(stop)) } : {}),
  };
}

const venues: ReadonlyMap<string, OrderVenue> = new Map([
  ['KRX', 'KRX'],
  ['NXT', 'NXT'],
  ['SOR', 'SOR'],
]);

/** A field that may be absent; empty then, and when it is no text. */
function optionalText(block: unknown, field: string): string {
  if (typeof block !== 'object' || block === null) return '';
  const value: unknown = new Map<string, unknown>(Object.entries(block)).get(field);
  return typeof value === 'string' ? value.trim() : '';
}

function orderOf(trId: string, block: unknown): BrokerOrder | null {
  const row = new WireRow(trId, block, dailyOrderFields);
  const listed = listedOrderOf(row, block);
  if (listed === null) return null;
  return {
    ...listed,
    remaining: row.quantity('rmn_qty'),
    isCancel: row.text('cncl_yn') === 'Y',
    isRejected: row.quantity('rjct_qty') > 0,
    fillPriceAverage: row.average('avg_prvs'),
    orderedAt: seoulInstant(row.date('ord_dt'), row.time('ord_tmd')),
    ...originOf(block),
  };
}

/** In rows of orders that came through the open API KIS writes this where an employee's number stands otherwise. */
const apiEmployee = 'OpnAPI';

/** Nothing when the row names neither who entered it nor from where. */
function originOf(block: unknown): { readonly origin?: OrderOrigin } {
  const employee = optionalText(block, 'ordr_empno');
  const address = optionalText(block, 'inqr_ip_addr');
  if (employee === '' && address === '') return {};
  return { origin: { channel: employee === apiEmployee ? 'api' : 'other', address } };
}
