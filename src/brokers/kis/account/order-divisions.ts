import {
  sessionOf,
  venueOf,
  type OrderRequest,
  type OrderSession,
  type OrderType,
  type OrderVenue,
  type TimeInForce,
} from '#domain/order.ts';
import { dateNumber } from '#domain/trading-date.ts';

/** The kind of an order, as far as `ORD_DVSN` says it. */
export interface OrderKind {
  readonly session: OrderSession;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
}

/** One `ORD_DVSN` on the venues that take it, from a day on. */
export interface DivisionRow extends OrderKind {
  readonly code: string;
  readonly venues: readonly OrderVenue[];
  /** First trading day, yyyymmdd; 0 where it is older than our orders. */
  readonly from: number;
}

const everywhere: readonly OrderVenue[] = ['KRX', 'NXT', 'SOR'];
const exchanges: readonly OrderVenue[] = ['KRX', 'NXT'];
const krx: readonly OrderVenue[] = ['KRX'];
const nxt: readonly OrderVenue[] = ['NXT'];
/** The day on which KRX's after-market replaced its after-hours single price, and NXT's pre-market got codes of its own. */
const reform = 2026_09_14;

/**
 * `ORD_DVSN` of every order we can ask for. Code 07, the after-hours single price, was abolished with the reform and
 * has no word of ours; blocks, baskets and treasury shares (51 and above) are not for a person.
 *
 * NXT's after-market has no codes of its own: that it takes the plain limit, best and priority ones is inferred, and
 * mid-price and stop orders are left out there until somebody has seen one accepted.
 *
 * @see spec §5.2
 */
export const divisionRows: readonly DivisionRow[] = [
  { code: '00', venues: everywhere, session: 'regular', type: 'limit', timeInForce: 'day', from: 0 },
  { code: '01', venues: ['KRX', 'SOR'], session: 'regular', type: 'market', timeInForce: 'day', from: 0 },
  { code: '02', venues: krx, session: 'regular', type: 'conditional-limit', timeInForce: 'day', from: 0 },
  { code: '03', venues: everywhere, session: 'regular', type: 'best', timeInForce: 'day', from: 0 },
  { code: '04', venues: everywhere, session: 'regular', type: 'priority', timeInForce: 'day', from: 0 },
  { code: '05', venues: krx, session: 'pre-hours-close', type: 'market', timeInForce: 'day', from: 0 },
  { code: '06', venues: krx, session: 'after-hours-close', type: 'market', timeInForce: 'day', from: 0 },
  { code: '11', venues: everywhere, session: 'regular', type: 'limit', timeInForce: 'ioc', from: 0 },
  { code: '12', venues: everywhere, session: 'regular', type: 'limit', timeInForce: 'fok', from: 0 },
  { code: '13', venues: everywhere, session: 'regular', type: 'market', timeInForce: 'ioc', from: 0 },
  { code: '14', venues: everywhere, session: 'regular', type: 'market', timeInForce: 'fok', from: 0 },
  { code: '15', venues: everywhere, session: 'regular', type: 'best', timeInForce: 'ioc', from: 0 },
  { code: '16', venues: everywhere, session: 'regular', type: 'best', timeInForce: 'fok', from: 0 },
  { code: '21', venues: exchanges, session: 'regular', type: 'mid', timeInForce: 'day', from: 0 },
  { code: '22', venues: exchanges, session: 'regular', type: 'stop-limit', timeInForce: 'day', from: 0 },
  { code: '23', venues: exchanges, session: 'regular', type: 'mid', timeInForce: 'ioc', from: 0 },
  { code: '24', venues: exchanges, session: 'regular', type: 'mid', timeInForce: 'fok', from: 0 },
  { code: '00', venues: nxt, session: 'after-market', type: 'limit', timeInForce: 'day', from: 0 },
  { code: '03', venues: nxt, session: 'after-market', type: 'best', timeInForce: 'day', from: 0 },
  { code: '04', venues: nxt, session: 'after-market', type: 'priority', timeInForce: 'day', from: 0 },
  { code: '11', venues: nxt, session: 'after-market', type: 'limit', timeInForce: 'ioc', from: 0 },
  { code: '12', venues: nxt, session: 'after-market', type: 'limit', timeInForce: 'fok', from: 0 },
  { code: '15', venues: nxt, session: 'after-market', type: 'best', timeInForce: 'ioc', from: 0 },
  { code: '16', venues: nxt, session: 'after-market', type: 'best', timeInForce: 'fok', from: 0 },
  { code: '27', venues: nxt, session: 'pre-market', type: 'limit', timeInForce: 'day', from: reform },
  { code: '28', venues: nxt, session: 'pre-market', type: 'best', timeInForce: 'day', from: reform },
  { code: '29', venues: nxt, session: 'pre-market', type: 'priority', timeInForce: 'day', from: reform },
  { code: '41', venues: krx, session: 'after-market', type: 'limit', timeInForce: 'day', from: reform },
  { code: '42', venues: krx, session: 'after-market', type: 'limit', timeInForce: 'ioc', from: reform },
  { code: '43', venues: krx, session: 'after-market', type: 'limit', timeInForce: 'fok', from: reform },
  { code: '44', venues: krx, session: 'after-market', type: 'best', timeInForce: 'day', from: reform },
  { code: '45', venues: krx, session: 'after-market', type: 'best', timeInForce: 'ioc', from: reform },
  { code: '46', venues: krx, session: 'after-market', type: 'best', timeInForce: 'fok', from: reform },
  { code: '47', venues: krx, session: 'after-market', type: 'priority', timeInForce: 'day', from: reform },
];

/** `ORD_DVSN` of an order on `date`; null when the venue knows no such order on that day, and then nothing may be sent. */
export function orderDivision(
  order: Pick<OrderRequest, 'venue' | 'session' | 'type' | 'timeInForce'>,
  date: Temporal.PlainDate,
): string | null {
  const venue = venueOf(order);
  const session = sessionOf(order);
  const day = dateNumber(date);
  const row = divisionRows.find(
    (candidate) =>
      candidate.session === session &&
      candidate.type === order.type &&
      candidate.timeInForce === order.timeInForce &&
      candidate.venues.includes(venue) &&
      candidate.from <= day,
  );
  return row?.code ?? null;
}

/** What a code in an answer says; null for a code that none of our orders has. On NXT, `00` may be of either session. */
export function orderKind(code: string): OrderKind | null {
  const row = divisionRows.find((candidate) => candidate.code === code);
  return row === undefined ? null : { session: row.session, type: row.type, timeInForce: row.timeInForce };
}
