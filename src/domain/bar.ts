import type { InstrumentId } from './instrument.ts';
import type { Won } from './won.ts';

export type BarInterval = '1m' | '1d';

/** Open, high, low, close and volume over one interval. */
export interface Bar {
  /** Milliseconds since 1970-01-01T00:00Z of the start of the span; for a day bar, 00:00 Asia/Seoul of the trading day. */
  readonly startsAtMs: number;
  /** The trading day as the integer yyyymmdd. */
  readonly date: number;
  readonly open: Won;
  readonly high: Won;
  readonly low: Won;
  readonly close: Won;
  /** Shares; 0 on a day without trading. */
  readonly volume: number;
}

/** Bars of one instrument as columns of equal length, oldest first. */
export interface BarSeries {
  readonly instrument: InstrumentId;
  readonly interval: BarInterval;
  /** Trading days as yyyymmdd, ascending. */
  readonly date: Int32Array;
  /** Start of each span in epoch milliseconds, strictly ascending. */
  readonly startsAtMs: Float64Array;
  /** Prices in whole won. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Shares. */
  readonly volume: Float64Array;
}

/** Rows of a series, `end` not included. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}
