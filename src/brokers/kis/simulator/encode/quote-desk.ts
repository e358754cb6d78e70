import type { Instrument } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';
import type { MatchingBook } from '#exchange/venue.ts';

import type { DayStats } from '../venue/floor/day-stats.ts';
import type { Interruption } from '../venue/floor/market-operation.ts';

/** Running figures of a day, read only. */
export type DayFigures = Readonly<
  Pick<
    DayStats,
    | 'minutes'
    | 'recent'
    | 'open'
    | 'high'
    | 'low'
    | 'last'
    | 'volume'
    | 'value'
    | 'openAt'
    | 'highAt'
    | 'lowAt'
    | 'buyCount'
    | 'sellCount'
    | 'buyVolume'
    | 'sellVolume'
  >
>;

/** What quotes and feeds show of an instrument: one board of it, or both as one. */
export interface QuoteDesk {
  readonly instrument: Instrument;
  readonly basePrice: Won;
  readonly book: Pick<MatchingBook, 'depth' | 'indicative'>;
  readonly stats: DayFigures;
  readonly interruptions: readonly Interruption[];
  /** Halted by the exchange, which an interruption is not. */
  readonly isHalted: boolean;
  /** What waits for trading at fixed and single prices; null on boards without it. */
  readonly offHours: Pick<MatchingBook, 'depth'> | null;
}

/** True while a volatility interruption of the instrument lasts. */
export function isInterrupted(desk: Pick<QuoteDesk, 'interruptions'>): boolean {
  const last = desk.interruptions.at(-1);
  return last !== undefined && last.endedAt === null;
}
