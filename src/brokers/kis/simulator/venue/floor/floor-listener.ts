import type { VenueTrade } from '#exchange/venue.ts';

import type { Print } from './day-stats.ts';
import type { Desk } from './desk.ts';
import type { Board, Interruption } from './market-operation.ts';
import type { OrderLife } from '../hours/order-life.ts';
import type { VenueSession } from '../hours/venue-session.ts';

/** What the floor tells the venue, synchronously and in order of time. */
export interface FloorListener {
  onTrade(desk: Desk, trade: VenueTrade, print: Print): void;
  /** The book of `desk` may look different now; trades were told before. */
  onBook(desk: Desk): void;
  /** The closing auction collects: conditional orders become market orders, before the crowd joins. */
  onClosingAuction(desk: Desk, at: Temporal.Instant): void;
  /** An auction has printed; market orders it left unfilled are gone from the book. */
  onAuctionEnd(desk: Desk, at: Temporal.Instant): void;
  /** Regular trading of a KRX instrument is over, its close is known. */
  onClose(desk: Desk, at: Temporal.Instant): void;
  /** Orders of this life trade no more at `desk`. */
  onLifeEnd(desk: Desk, life: OrderLife, at: Temporal.Instant): void;
  onPhase(board: Board, session: VenueSession, at: Temporal.Instant): void;
  /** A volatility interruption began, with its end planned for `endsAt`; or it ended, when that is null. */
  onInterruption(desk: Desk, interruption: Interruption, endsAt: number | null): void;
}
