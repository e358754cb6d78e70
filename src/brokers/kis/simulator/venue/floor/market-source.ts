import type { Bar } from '#domain/bar.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';
import type { MatchingBook, VenueTrade } from '#exchange/venue.ts';

import type { Board } from './market-operation.ts';

/** Everybody else in the market: what was paid before today, and who quotes and trades now. */
export interface MarketSource {
  readonly instruments: readonly Instrument[];
  /** True when the days are a record: interruptions that happened are in it, and the venue adds none of its own. */
  readonly isRecorded?: boolean | undefined;
  /** Price the limits of `date` are counted from, when the venue has not recorded a close of its own. */
  basePrice(instrument: Instrument, date: Temporal.PlainDate): Won;
  /** Oldest first, both days inclusive, trading days only. The same answer at every start. */
  dailyBars(instrument: Instrument, from: Temporal.PlainDate, to: Temporal.PlainDate): readonly Bar[];
  /** The crowd of one instrument on one board on one day, starting from that day's base price. */
  openDay(instrument: Instrument, date: Temporal.PlainDate, basePrice: Won, board?: Board): Crowd;
}

/** The crowd in one book on one day. It owns the orders whose owner is `crowd`. */
export interface Crowd {
  /** One-minute bars of 09:00 up to and without the minute of `until`, for a venue that starts during the day. */
  history(until: Temporal.Instant): readonly Bar[];
  /** First quotes in `book`, as of `at`. */
  enter(book: MatchingBook, at: Temporal.Instant): readonly VenueTrade[];
  /** Moves on from `from` to `to`, both inside one session phase; returns the trades in the order they happened. */
  advance(book: MatchingBook, from: Temporal.Instant, to: Temporal.Instant): readonly VenueTrade[];
  /** Orders for the call auction that `book` collects at `at`. */
  joinAuction(book: MatchingBook, at: Temporal.Instant): void;
  /**
   * Moves the fair value to `price` at once and trades with everything resting that `price` crosses; with `quantity`,
   * with that many shares only.
   */
  push(book: MatchingBook, price: Won, at: Temporal.Instant, quantity: number | null): readonly VenueTrade[];
}

/** `owner` of every order that is not an account's. */
export const crowdOwner = 'crowd';
