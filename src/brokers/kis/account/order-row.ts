import type { OrderSide, OrderVenue } from '#domain/order.ts';
import { seoulInstant } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';

import type { BrokerOrder, OrderOrigin, WorkingOrder } from '../../broker.ts';
import type { KisAnswer, KisCalls } from '../calls/calls.ts';
import { rowsOf } from '../calls/envelope.ts';
import { wireOrderNumber, WireRow } from '../calls/wire-row.ts';
import { sideCodes } from '../codes.ts';
import { dailyOrderFields } from '../wire-types.ts';
import { orderKind } from './order-divisions.ts';

/** The orders on one page of the daily list. @throws {RetryLater} `kis.unreadable-answer` */
export function ordersOf(calls: KisCalls, page: KisAnswer): readonly BrokerOrder[] {
  const orders: BrokerOrder[] = [];
  for (const block of rowsOf(page.trId, page.body, 'output1')) {
    const order = orderOf(new WireRow(page.trId, block, dailyOrderFields), block);
    // We send nothing but listed shares, so a row of another kind is never the order that somebody looks for.
    if (order === null) calls.report({ kind: 'unsupported-instrument', trId: page.trId, detail: 'order row left out' });
    else orders.push(order);
  }
  return orders;
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
export function termsOfRow(
  block: unknown,
): Pick<WorkingOrder, 'venue' | 'session' | 'type' | 'timeInForce' | 'stopPrice'> {
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
export function optionalText(block: unknown, field: string): string {
  if (typeof block !== 'object' || block === null) return '';
  const value: unknown = new Map<string, unknown>(Object.entries(block)).get(field);
  return typeof value === 'string' ? value.trim() : '';
}

function orderOf(row: WireRow<(typeof dailyOrderFields)[number]>, block: unknown): BrokerOrder | null {
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
