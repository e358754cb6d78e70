import type { BrokerOrderId } from '#domain/order.ts';
import type { Quantity } from '#domain/quantity.ts';
import { seoulDate, seoulInstant } from '#domain/trading-date.ts';
import type { Won } from '#domain/won.ts';

import type { BrokerOrder, Inquiry, WorkingOrder } from '../../broker.ts';
import { accountFields } from '../calls/account-number.ts';
import type { KisAnswer, KisCalls } from '../calls/calls.ts';
import { rowsOf } from '../calls/envelope.ts';
import { readPages } from '../calls/pages.ts';
import { wireOrderNumber, WireRow } from '../calls/wire-row.ts';
import { tradingEndpoints } from '../endpoints/trading.ts';
import { budgetOf, type KisBrokerOptions } from '../options.ts';
import { workingOrderFields } from './account-fields.ts';
import { inquired, listUnfilledOrders } from './order-list.ts';
import { sideOf, termsOfRow } from './order-row.ts';

/** An order of today of which something can still be amended or cancelled. */
export interface CancellableOrder extends WorkingOrder {
  /** The order that this one amended, or null. */
  readonly originalId: BrokerOrderId | null;
  readonly quantity: Quantity;
  readonly price: Won;
  readonly filled: Quantity;
  /** Shares that an amend or a cancel can still take. */
  readonly cancellable: Quantity;
  readonly orderedAt: Temporal.Instant;
}

/**
 * Orders that can be amended or cancelled, every page followed. Paper has no inquiry for them; there the unfilled rows
 * of the daily list stand in, which KIS reports as late or empty now and then: no proof that nothing is working.
 *
 * @see spec §5.6 and appendix A.8
 */
export async function listWorkingOrders(
  options: KisBrokerOptions,
  calls: KisCalls,
): Promise<Inquiry<CancellableOrder>> {
  if (options.environment === 'paper') return unfilled(await listUnfilledOrders(options, calls));
  const query = { ...accountFields(options.credentials), INQR_DVSN_1: '0', INQR_DVSN_2: '0' };
  const today = seoulDate(options.clock.now());
  return inquired(async () => {
    const pages = await readPages(calls, tradingEndpoints.workingOrders, query, budgetOf(options).pagesMax);
    // A row can come twice while orders come in; what was read last is newest.
    const rows = new Map(pages.flatMap((page) => ordersOf(calls, page, today)).map((row) => [row.brokerOrderId, row]));
    return [...rows.values()].filter((row) => row.cancellable > 0);
  });
}

function unfilled(inquiry: Inquiry<BrokerOrder>): Inquiry<CancellableOrder> {
  if (inquiry.kind === 'incomplete') return inquiry;
  return { kind: 'complete', rows: inquiry.rows.map((row) => ({ ...row, cancellable: row.remaining })) };
}

function ordersOf(calls: KisCalls, page: KisAnswer, today: Temporal.PlainDate): readonly CancellableOrder[] {
  const orders: CancellableOrder[] = [];
  for (const block of rowsOf(page.trId, page.body, 'output')) {
    const order = orderOf(new WireRow(page.trId, block, workingOrderFields), block, today);
    if (order === null) calls.report({ kind: 'unsupported-instrument', trId: page.trId, detail: 'order row left out' });
    else orders.push(order);
  }
  return orders;
}

function orderOf(
  row: WireRow<(typeof workingOrderFields)[number]>,
  block: unknown,
  today: Temporal.PlainDate,
): CancellableOrder | null {
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
    cancellable: row.quantity('psbl_qty'),
    orderedAt: seoulInstant(today, row.time('ord_tmd')),
  };
}
