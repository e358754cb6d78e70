import type { BookPhase } from '#exchange/venue.ts';
import type { SessionKind } from '#markets/sessions.ts';

/** What a stretch of a day is called; NXT's main session is `continuous` too. */
export type VenueSession =
  'closed' | SessionKind | 'pre-hours-close' | 'after-hours-close' | 'after-hours-single' | 'pre-market';

/** A stretch of one day: what it is called and what the books do in it; `from` inclusive, `to` exclusive. */
export interface TradingPhase {
  readonly session: VenueSession;
  readonly phase: BookPhase;
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}
