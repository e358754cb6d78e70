/** Minutes of the Seoul day, `from` inclusive, `to` exclusive. */
export interface MinuteSpan {
  readonly from: number;
  readonly to: number;
}

/** When a market trades on a day, in minutes of the Seoul day. The store knows no market: the caller hands this in. */
export interface SessionMinutes {
  /** Continuous trading between the auctions, in order; two spans where there was a lunch break. */
  readonly continuous: readonly MinuteSpan[];
  /** The regular close: its auction's print belongs to this minute. */
  readonly closesAt: number;
  /** Trading outside of the regular session, such as at the close's price or in an after-market, in order. */
  readonly extra: readonly MinuteSpan[];
}

/** The sessions of a day, yyyymmdd; null on a day without trading, or of which nothing is known. */
export type SessionsOf = (date: number) => SessionMinutes | null;
