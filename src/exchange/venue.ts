import type { Instrument } from '#domain/instrument.ts';
import type { OrderBook } from '#domain/market-data.ts';
import type { OrderSide, TimeInForce } from '#domain/order.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';
import type { PriceLimits } from '#markets/price-limits.ts';
import type { VolatilityRates, VolatilityTrigger } from './volatility.ts';

/** An order at the venue. `owner` separates the account's orders from the crowd's. */
export interface VenueOrder {
  /** Unique at the venue. */
  readonly id: string;
  readonly owner: string;
  readonly side: OrderSide;
  /** `mid` trades at the middle of the best bid and ask only; its price is not looked at. */
  readonly type: 'limit' | 'market' | 'mid';
  readonly timeInForce: TimeInForce;
  readonly price: Won;
  readonly quantity: Quantity;
}

/** One trade; `makerId` rested, `takerId` came. In an auction the buyer counts as the taker. */
export interface VenueTrade {
  readonly at: Temporal.Instant;
  readonly price: Won;
  readonly quantity: Quantity;
  readonly makerId: string;
  readonly makerOwner: string;
  readonly takerId: string;
  readonly takerOwner: string;
  readonly takerSide: OrderSide;
}

export type VenueRejection = 'tick-size' | 'price-limit' | 'closed' | 'quantity';

export type SubmitResult =
  | {
      readonly kind: 'accepted';
      readonly trades: readonly VenueTrade[];
      readonly resting: Quantity;
      /** IOC, FOK and market remainders. */ readonly cancelled: Quantity;
    }
  | { readonly kind: 'rejected'; readonly reason: VenueRejection };

export type BookPhase = 'closed' | 'auction' | 'continuous';

/**
 * One instrument's matching book for one trading day: price-time priority, call auctions, partial fills, the tick
 * table and price limits of the date. Pure: time comes in with each call, randomness stays outside.
 */
export interface MatchingBook {
  readonly instrument: Instrument;
  readonly phase: BookPhase;
  /**
   * Entering `auction` collects; leaving it for `continuous` or `closed` prints the auction's trades, which are returned.
   * Market orders that found nobody are cancelled then: `remaining` is 0 afterwards. Limit orders wait on, also while
   * `closed`.
   */
  setPhase(phase: BookPhase, at: Temporal.Instant): readonly VenueTrade[];
  submit(order: VenueOrder, at: Temporal.Instant): SubmitResult;
  /** Puts an order back that waited in an earlier book, in whatever phase and without trading: behind its equals. */
  restore(order: VenueOrder): void;
  /** Stops trading without printing an auction that was being collected; a halt. Going on is a phase like any other. */
  suspend(): void;
  /**
   * The volatility interruption that stopped continuous trading; the book has gone over to `auction` by itself, and the
   * trade that would have happened did not. Null before and after one.
   */
  readonly interruption: (VolatilityTrigger & { readonly at: Temporal.Instant }) | null;
  /** Takes back what is left, or at most `most` of it, in any phase; the rest keeps its place. Null when nothing is left. */
  cancel(id: string, most?: Quantity): Quantity | null;
  /** New price and remaining quantity; loses time priority unless only the quantity shrinks. Null when nothing is left. */
  amend(id: string, price: Won, quantity: Quantity, at: Temporal.Instant): SubmitResult | null;
  /** Resting quantity of an order; 0 when gone. */
  remaining(id: string): Quantity;
  /** Price an auction would print now, with its volume; null outside an auction or without a match. */
  indicative(): { readonly price: Won; readonly quantity: Quantity } | null;
  /** What waits, best first, without market orders; during an auction the two sides may cross. */
  depth(levels: number, at: Temporal.Instant): OrderBook;
  readonly lastPrice: Won;
  /** Price of the last call auction; before the first one what the book began with. */
  readonly singlePrice: Won;
  readonly volumeOfDay: number;
}

export interface MatchingBookOptions {
  readonly instrument: Instrument;
  readonly date: Temporal.PlainDate;
  readonly basePrice: Won;
  /** Last trade and last single price before this book began, for one that begins during the day; the base price if not said. */
  readonly lastPrice?: Won | undefined;
  readonly singlePrice?: Won | undefined;
  /** Limits other than those of the day: trading after hours may be held closer. */
  readonly limits?: PriceLimits | undefined;
  /** The only price there is, on a tick or not: close-price trading. */
  readonly fixedPrice?: Won | undefined;
  /** Volatility interruptions of continuous trading; none if not said. */
  readonly volatility?: VolatilityRates | undefined;
}
