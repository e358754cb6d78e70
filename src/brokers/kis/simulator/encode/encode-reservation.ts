import { seoulDate } from '#domain/trading-date.ts';

import type { SimulatedOrder } from '../venue/account-state.ts';
import { orderDivisionTable } from '../venue/orders/order-divisions.ts';
import type { Reservation } from '../venue/reservations/reservations.ts';
import { encodeFields } from './encode-fields.ts';
import { clockText, dateText, orderNumberText } from './text-fields.ts';

/** One row of `order-resv-ccnl`; number and refusal are those of its last day. @see spec A.8b */
export function encodeReservation(
  names: readonly string[],
  reservation: Reservation,
  known: {
    readonly name: string;
    readonly filled: number;
    readonly orders: ReadonlyMap<number, SimulatedOrder>;
  },
): Record<string, string> {
  const { runs, at, cancelledAt, division } = reservation;
  const last = runs.at(-1);
  const number = last?.number ?? null;
  const value = runs.reduce(
    (sum, run) => sum + (run.number === null ? 0 : (known.orders.get(run.number)?.filledValue ?? 0)),
    0,
  );
  return encodeFields(names, {
    rsvn_ord_seq: reservation.seq,
    rsvn_ord_ord_dt: reservation.from.replaceAll('-', ''),
    rsvn_ord_rcit_dt: dayText(at),
    pdno: reservation.symbol,
    ord_dvsn_cd: division,
    ord_rsvn_qty: reservation.quantity,
    tot_ccld_qty: known.filled,
    cncl_ord_dt: cancelledAt === 0 ? '' : dayText(cancelledAt),
    ord_tmd: number === null ? '' : clockText(known.orders.get(number)?.at ?? 0),
    rjct_rson2: last?.refusal ?? '',
    odno: number === null ? '' : orderNumberText(number),
    rsvn_ord_rcit_tmd: clockText(at),
    kor_item_shtn_name: known.name,
    sll_buy_dvsn_cd: reservation.side === 'sell' ? '01' : '02',
    ord_rsvn_unpr: reservation.price,
    tot_ccld_amt: value,
    cncl_rcit_tmd: cancelledAt === 0 ? '' : clockText(cancelledAt),
    prcs_rslt: resultOf(reservation),
    ord_dvsn_name: orderDivisionTable[division]?.name ?? '',
    tmnl_mdia_kind_cd: '00',
    rsvn_end_dt: reservation.isPeriod ? reservation.until.replaceAll('-', '') : '',
  });
}

function resultOf({ cancelledAt, runs }: Reservation): string {
  if (cancelledAt !== 0) return '취소';
  const last = runs.at(-1);
  if (last === undefined) return '접수';
  return last.number === null ? '거부' : '처리';
}

function dayText(at: number): string {
  return dateText(seoulDate(Temporal.Instant.fromEpochMilliseconds(at)));
}
