import { invariant } from '#domain/invariant.ts';
import { namesPrice, venueOf } from '#domain/order.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { isApproved, type Approved } from '#guard/approved.ts';

import type { PlaceResult } from '../../broker.ts';
import { accountFields } from '../calls/account-number.ts';
import type { KisCalls } from '../calls/calls.ts';
import { cashBalanceCode, sideCodes } from '../codes.ts';
import { tradingEndpoints } from '../endpoints/trading.ts';
import type { KisBrokerOptions } from '../options.ts';
import { orderDivision } from './order-divisions.ts';
import { reservationDaysMax, reservationWindow } from './reservation-hours.ts';
import type { Reservation } from './reservation-list.ts';
import { wireSymbol } from './wire-symbol.ts';

/** As an order's; `brokerOrderId` of `accepted` is the number of the reservation. */
export type ReserveResult = PlaceResult;

/** `ORD_DVSN_CD` that can be reserved: limit, market, conditional limit, and the last close before the opening. */
const reservable: ReadonlySet<string> = new Set(['00', '01', '02', '05']);

/** Sends a reservation once. @throws {InvariantError} when `order` did not come from the guard @see spec §5.9 */
export async function reserveOrder(
  options: KisBrokerOptions,
  calls: KisCalls,
  order: Approved,
  until?: Temporal.PlainDate,
): Promise<ReserveResult> {
  invariant(isApproved(order), 'a reservation reached the broker without the guard');
  const obstacle = obstacleTo(options, order, until);
  if (obstacle !== null) return { kind: 'not-sent', cause: obstacle };
  return calls.order(
    tradingEndpoints.reserve,
    () => ({ ...accountFields(options.credentials), ...wishOf(options, order, until) }),
    { kind: 'reservation' },
  );
}

/**
 * Replaces everything the reservation asks for. KIS documents no number in the answer, so success alone is taken for
 * acceptance; the list shows what stands.
 *
 * @throws {InvariantError} when `change` did not come from the guard, or names another instrument or side
 */
export async function amendReservation(
  options: KisBrokerOptions,
  calls: KisCalls,
  reservation: Reservation,
  { change, until }: { readonly change: Approved; readonly until: Temporal.PlainDate | undefined },
): Promise<ReserveResult> {
  invariant(isApproved(change), 'an amended reservation reached the broker without the guard');
  const isSame = change.instrument === reservation.instrument && change.side === reservation.side;
  invariant(isSame, 'an amendment names another reservation');
  const obstacle = obstacleTo(options, change, until);
  if (obstacle !== null) return { kind: 'not-sent', cause: obstacle };
  return calls.order(
    tradingEndpoints.amendReservation,
    () => ({ ...reservationFieldsOf(options, reservation), ...wishOf(options, change, until) }),
    { kind: 'change-of', id: reservation.id },
  );
}

/** Withdraws a reservation; sent once, at any hour. */
export async function cancelReservation(
  options: KisBrokerOptions,
  calls: KisCalls,
  reservation: Reservation,
): Promise<ReserveResult> {
  if (options.environment === 'paper') return { kind: 'not-sent', cause: notOnPaper };
  return calls.order(tradingEndpoints.cancelReservation, () => reservationFieldsOf(options, reservation), {
    kind: 'change-of',
    id: reservation.id,
  });
}

const notOnPaper = 'paper trading takes no reservations';

function obstacleTo(options: KisBrokerOptions, order: Approved, until: Temporal.PlainDate | undefined): string | null {
  const now = options.clock.now();
  if (options.environment === 'paper') return notOnPaper;
  if (reservationWindow(now) === null) {
    return 'KIS takes reservations from 15:40 to 07:30 of the next trading day, but not from 23:40 to 00:10';
  }
  if (venueOf(order) !== 'KRX' || !reservable.has(divisionOf(options, order))) {
    return `KIS takes no reservation of this kind: ${order.type} ${order.timeInForce} on ${venueOf(order)}`;
  }
  if (until === undefined) return null;
  const days = seoulDate(now).until(until, { largestUnit: 'days' }).days;
  const isInReach = days >= 1 && days <= reservationDaysMax;
  return isInReach ? null : `a reservation is repeated for 1 to ${reservationDaysMax} days, not for ${days}`;
}

function wishOf(
  options: KisBrokerOptions,
  order: Approved,
  until: Temporal.PlainDate | undefined,
): Readonly<Record<string, string>> {
  return {
    PDNO: wireSymbol(options, order.instrument),
    ORD_QTY: String(order.quantity),
    ORD_UNPR: namesPrice(order.type) ? String(order.price) : '0',
    SLL_BUY_DVSN_CD: sideCodes[order.side],
    ORD_DVSN_CD: divisionOf(options, order),
    ORD_OBJT_CBLC_DVSN_CD: cashBalanceCode,
    ...(until === undefined ? {} : { RSVN_ORD_END_DT: String(dateNumber(until)) }),
  };
}

/** `RSVN_ORD_ORGNO` stays empty: no answer of KIS tells it. */
function reservationFieldsOf(options: KisBrokerOptions, { id, orderedOn }: Reservation): Record<string, string> {
  return {
    ...accountFields(options.credentials),
    RSVN_ORD_SEQ: id,
    RSVN_ORD_ORGNO: '',
    RSVN_ORD_ORD_DT: String(dateNumber(orderedOn)),
  };
}

function divisionOf({ clock }: KisBrokerOptions, order: Approved): string {
  return orderDivision(order, seoulDate(clock.now())) ?? '';
}
