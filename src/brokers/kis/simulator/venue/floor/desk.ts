import type { Instrument } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';
import type { MatchingBook } from '#exchange/venue.ts';

import type { DayStats } from './day-stats.ts';
import type { Board, Interruption } from './market-operation.ts';
import type { Crowd } from './market-source.ts';
import type { VenueSession } from '../hours/venue-session.ts';

/** One instrument on one board today. */
export interface Desk {
  readonly board: Board;
  readonly instrument: Instrument;
  readonly basePrice: Won;
  /** The book of the regular session and of the after-market. */
  readonly book: MatchingBook;
  /** The book beside it while there is trading at fixed or single prices; KRX only. */
  readonly offHours: MatchingBook | null;
  readonly crowd: Crowd;
  readonly stats: DayStats;
  /** What the board's clock says for this instrument; the book may be interrupted or halted all the same. */
  readonly session: VenueSession;
  /** The same of trading at fixed and single prices. */
  readonly offHoursSession: VenueSession;
  /** Halted by the exchange: nothing is taken or traded, cancelling is possible. */
  readonly isHalted: boolean;
  /** Close of the regular session, what after-hours prices and the next day count from; null before it. */
  readonly regularClose: Won | null;
  /** Volatility interruptions of today, oldest first. */
  readonly interruptions: readonly Interruption[];
}
