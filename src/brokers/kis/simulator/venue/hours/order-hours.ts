import type { BrokerEnvironment } from '#domain/environment.ts';

import type { FloorDesk } from '../floor/floor-desk.ts';
import type { MarketFloor } from '../floor/market-floor.ts';
import { isOffHours, type OrderDivision } from '../orders/order-divisions.ts';
import { isRegular } from './order-life.ts';
import type { Refusal } from '../../host/reject-answers.ts';
import type { VenueSession } from './venue-session.ts';

/**
 * Why `desk` takes no order of this kind now; null when it does. Paper trading ends with the regular day: it has none
 * of the kinds that the after-market asks for.
 *
 * @see spec §5.2 and §5.10
 */
export function hoursRefusal(
  desk: FloorDesk,
  division: OrderDivision,
  environment: BrokerEnvironment,
  floor: MarketFloor,
): Refusal | null {
  if (!floor.isTradingDay) return 'not-a-trading-day';
  // NXT knows no market order that may wait; one meant for KRX can come here by an amendment of a routed order.
  if (desk.board === 'NXT' && division.type === 'market' && division.timeInForce === 'day') return 'market-order';
  if (isOffHours(division)) return offHoursRefusal(desk, division, floor);
  const { session, book } = desk;
  if (!sessionsOn(desk, division).includes(session)) {
    const isAfterMarket = desk.board === 'KRX' && session === 'after-market' && environment === 'real';
    return isAfterMarket ? 'after-market-kind' : outside(desk, division, floor);
  }
  if (book.phase === 'closed') return 'closed';
  // A call auction has no moment at which an order could be executed at once, and no middle.
  if (book.phase === 'auction' && (division.timeInForce !== 'day' || division.type === 'mid')) return 'division';
  return null;
}

/** On KRX the kinds of the day are none of the after-market's, which has codes of its own. */
function sessionsOn({ board }: FloorDesk, { sessions, life }: OrderDivision): readonly VenueSession[] {
  return board === 'NXT' || life !== null ? sessions : sessions.filter((session) => isRegular(session));
}

function offHoursRefusal(desk: FloorDesk, division: OrderDivision, floor: MarketFloor): Refusal | null {
  if (!division.sessions.includes(desk.offHoursSession)) return later(division.sessions, floor.phases.offHours, floor);
  // The single prices left with NXT's opening for what NXT trades (krx-rules §3.2).
  if (desk.offHoursSession === 'after-hours-single' && desk.peer !== null) return 'closed';
  return desk.offHours === null || desk.offHours.phase === 'closed' ? 'closed' : null;
}

function outside(desk: FloorDesk, division: OrderDivision, floor: MarketFloor): Refusal {
  const { session } = desk;
  const isAuction = session === 'opening-auction' || session === 'closing-auction';
  if (isAuction && division.sessions.includes('continuous')) return 'division';
  const isExtended = desk.board === 'NXT' && (session === 'pre-market' || session === 'after-market');
  if (isExtended && division.type === 'market') return 'market-order';
  return later(sessionsOn(desk, division), desk.board === 'NXT' ? floor.phases.nxt : floor.phases.krx, floor);
}

/** Before or after the hours of a kind. */
function later(
  sessions: readonly VenueSession[],
  phases: readonly { readonly session: VenueSession; readonly from: Temporal.Instant }[],
  { reached }: MarketFloor,
): Refusal {
  const isToCome = phases.some(
    ({ session, from }) => sessions.includes(session) && Temporal.Instant.compare(from, reached) > 0,
  );
  return isToCome ? 'before-open' : 'closed';
}
