import type { InstrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId, OrderSession, OrderSide, OrderType } from '#domain/order.ts';
import type { Quantity } from '#domain/quantity.ts';
import { dateNumber } from '#domain/trading-date.ts';
import type { Won } from '#domain/won.ts';

import type { Inquiry } from '../../broker.ts';
import { accountFields } from '../calls/account-number.ts';
import type { KisAnswer, KisCalls } from '../calls/calls.ts';
import { inquired } from '../calls/inquired.ts';
import { rowsOf } from '../calls/envelope.ts';
import { readPages } from '../calls/pages.ts';
import { wireOrderNumber, wireReservationNumber, WireRow } from '../calls/wire-row.ts';
import { tradingEndpoints } from '../endpoints/trading.ts';
import { budgetOf, type KisBrokerOptions } from '../options.ts';
import { reservationFields } from './account-fields.ts';
import { orderKind } from './order-divisions.ts';
import { type OrderPeriod } from './order-list.ts';
import { sideOf } from './order-row.ts';

/** A reservation as KIS lists it. */
export interface Reservation {
  /** `RSVN_ORD_SEQ`, as KIS writes it. */
  readonly id: BrokerOrderId;
  /** `RSVN_ORD_ORD_DT`; with the id it names the reservation. */
  readonly orderedOn: Temporal.PlainDate;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  /** Null for a kind of order that has no word of ours. */
  readonly type: OrderType | null;
  readonly session: OrderSession;
  readonly quantity: Quantity;
  readonly price: Won;
  readonly filled: Quantity;
  /** Last day of a reservation that is repeated; null for one of the next session only. */
  readonly until: Temporal.PlainDate | null;
  readonly cancelledOn: Temporal.PlainDate | null;
  /** The order it became; null before. */
  readonly brokerOrderId: BrokerOrderId | null;
  /** What became of it and why it was refused, in KIS's own words; empty when there is nothing to say. */
  readonly outcome: string;
  readonly refusal: string;
}

/**
 * Reservations of a period, both days inclusive, cancelled ones too, every page followed.
 *
 * @see spec §5.9 and appendix A.8b
 */
export async function listReservations(
  options: KisBrokerOptions,
  calls: KisCalls,
  { from, to }: OrderPeriod,
): Promise<Inquiry<Reservation>> {
  const query = {
    RSVN_ORD_ORD_DT: String(dateNumber(from)),
    RSVN_ORD_END_DT: String(dateNumber(to)),
    TMNL_MDIA_KIND_CD: '00',
    ...accountFields(options.credentials),
    PRCS_DVSN_CD: '0',
    CNCL_YN: 'Y',
    RSVN_ORD_SEQ: '',
    PDNO: '',
    SLL_BUY_DVSN_CD: '',
  };
  return inquired(async () => {
    const pages = await readPages(calls, tradingEndpoints.reservations, query, budgetOf(options).pagesMax, '200');
    const rows = pages.flatMap((page) => reservationsOf(calls, page));
    return [...new Map(rows.map((row) => [`${dateNumber(row.orderedOn)}/${row.id}`, row])).values()];
  });
}

function reservationsOf(calls: KisCalls, page: KisAnswer): readonly Reservation[] {
  const reservations: Reservation[] = [];
  for (const block of rowsOf(page.trId, page.body, 'output')) {
    const reservation = reservationOf(new WireRow(page.trId, block, reservationFields));
    if (reservation === null) {
      calls.report({ kind: 'unsupported-instrument', trId: page.trId, detail: 'reservation row left out' });
    } else reservations.push(reservation);
  }
  return reservations;
}

function reservationOf(row: WireRow<(typeof reservationFields)[number]>): Reservation | null {
  const instrument = row.instrument('pdno');
  if (instrument === null) return null;
  const id = wireReservationNumber(row.text('rsvn_ord_seq'));
  if (id === null) throw row.unreadable('rsvn_ord_seq', 'not a reservation number');
  const kind = orderKind(row.text('ord_dvsn_cd'));
  return {
    id,
    orderedOn: row.date('rsvn_ord_ord_dt'),
    instrument,
    side: sideOf(row),
    type: kind?.type ?? null,
    session: kind?.session ?? 'regular',
    quantity: row.quantity('ord_rsvn_qty'),
    price: row.won('ord_rsvn_unpr'),
    filled: row.quantity('tot_ccld_qty'),
    until: dateOrNone(row, 'rsvn_end_dt'),
    cancelledOn: dateOrNone(row, 'cncl_ord_dt'),
    brokerOrderId: wireOrderNumber(row.text('odno')),
    outcome: row.text('prcs_rslt'),
    refusal: row.text('rjct_rson2'),
  };
}

/** KIS writes "none" as nothing or as zeros. */
function dateOrNone<Field extends string>(row: WireRow<Field>, field: Field): Temporal.PlainDate | null {
  return /^0*$/.test(row.text(field)) ? null : row.date(field);
}
