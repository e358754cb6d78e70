import type { Board } from '../floor/market-operation.ts';
import type { DayPhases } from './trading-phases.ts';
import type { VenueSession } from './venue-session.ts';

/**
 * How long an order may wait: through the regular session of its board (on NXT from the session before the opening to
 * KRX's close), or to the end of the one session it was sent for. `pre-market` is NXT's order that is cancelled at 08:50.
 */
export type OrderLife =
  'regular' | 'pre-market' | 'pre-hours-close' | 'after-hours-close' | 'after-hours-single' | 'after-market';

/** The lives that end when `ended` does and `next` begins on a board. */
export function livesEndingWith(board: Board, ended: VenueSession, next: VenueSession): readonly OrderLife[] {
  if (ended === next) return [];
  if (ended === 'pre-market' || ended === 'after-market') return [ended];
  if (ended === 'pre-hours-close' || ended === 'after-hours-close' || ended === 'after-hours-single') return [ended];
  return board === 'NXT' && next === 'after-market' ? ['regular'] : [];
}

/** Whether nothing of `life` can trade on `board` any more at `at`. */
export function isLifeOver(life: OrderLife, board: Board, phases: DayPhases, at: Temporal.Instant): boolean {
  const isLater = (end: Temporal.Instant): boolean => Temporal.Instant.compare(end, at) > 0;
  if (life === 'regular' && board === 'NXT') {
    const after = phases.nxt.find(({ session }) => session === 'after-market');
    return after === undefined ? phases.nxt.every(({ phase }) => phase === 'closed') : !isLater(after.from);
  }
  const room = board === 'NXT' ? phases.nxt : [...phases.krx, ...phases.offHours];
  const isOfLife = (session: VenueSession): boolean => (life === 'regular' ? isRegular(session) : session === life);
  return !room.some(({ session, to }) => isOfLife(session) && isLater(to));
}

/** The sessions of KRX that one day's order lives through. */
export function isRegular(session: VenueSession): boolean {
  return session === 'opening-auction' || session === 'continuous' || session === 'closing-auction';
}
