import type { InstrumentId } from './instrument.ts';
import type { Quantity } from './quantity.ts';
import type { Won } from './won.ts';

/** Where a trade or a book comes from: one of the two exchanges, or both as one. */
export type FeedVenue = 'KRX' | 'NXT' | 'unified';

/** One trade the market printed. The price may lie between ticks (mid-point prints since 2025-03-04). */
export interface Tick {
  readonly instrument: InstrumentId;
  readonly at: Temporal.Instant;
  readonly price: Won;
  readonly quantity: Quantity;
  /** Shares traded so far today, on the venue the tick comes from. */
  readonly volumeOfDay: number;
  /** Unsaid: the KRX. */
  readonly venue?: FeedVenue;
}

export interface BookLevel {
  readonly price: Won;
  readonly quantity: Quantity;
}

/** All published levels, best first; at most ten a side on KRX; empty when nobody quotes. */
export interface OrderBook {
  readonly instrument: InstrumentId;
  readonly at: Temporal.Instant;
  readonly asks: readonly BookLevel[];
  readonly bids: readonly BookLevel[];
  /** Unsaid: the KRX. */
  readonly venue?: FeedVenue;
}

/** The state of an instrument today, as the broker tells it. */
export interface PriceSnapshot {
  readonly instrument: InstrumentId;
  readonly name: string;
  readonly at: Temporal.Instant;
  readonly price: Won;
  /** What the day's limits are counted from; not always the previous close. */
  readonly basePrice: Won;
  readonly open: Won;
  readonly high: Won;
  readonly low: Won;
  readonly upperLimit: Won;
  readonly lowerLimit: Won;
  readonly volumeOfDay: number;
}
