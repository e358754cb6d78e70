import type { BrokerOrderId } from '#domain/order.ts';
import type { Quantity } from '#domain/quantity.ts';
import { seoulDate, seoulInstant } from '#domain/trading-date.ts';
import type { Won } from '#domain/won.ts';

import type { BrokerOrder, Inquiry, WorkingOrder } from '../../broker.ts';
import { accountFields } from '../calls/account-number.ts';
import type { KisCalls } from '../calls/calls.ts';
import { inquired } from '../calls/inquired.ts';
import { ordersOnPage } from '../calls/orders-on-page.ts';
import { readPages } from '../calls/pages.ts';
import { WireRow } from '../calls/wire-row.ts';
import { tradingEndpoints } from '../endpoints/trading.ts';
import { budgetOf, type KisBrokerOptions } from '../options.ts';
import { workingOrderFields } from './account-fields.ts';
import { listUnfilledOrders } from './order-list.ts';
import { listedOrderOf } from './order-row.ts';

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
    const read = (trId: string, block: unknown): CancellableOrder | null => orderOf(trId, block, today);
    const found = pages.flatMap((page) => ordersOnPage(calls, page, 'output', read));
    const rows = new Map(found.map((row) => [row.brokerOrderId, row]));
    return [...rows.values()].filter((row) => row.cancellable > 0);
  });
}

function unfilled(inquiry: Inquiry<BrokerOrder>): Inquiry<CancellableOrder> {
  if (inquiry.kind === 'incomplete') return inquiry;
  return { kind: 'complete', rows: inquiry.rows.map((row) => ({ ...row, cancellable: row.remaining })) };
}

function orderOf(trId: string, block: unknown, today: Temporal.PlainDate): CancellableOrder | null {
  const row = new WireRow(trId, block, workingOrderFields);
  const listed = listedOrderOf(row, block);
  if (listed === null) return null;
  return { ...listed, cancellable: row.quantity('psbl_qty'), orderedAt: seoulInstant(today, row.time('ord_tmd')) };
}
