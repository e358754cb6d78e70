import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import type { OrderState } from '#domain/order-state.ts';
import type { IndicatorShapes } from './indicator-shapes.ts';
import type { IndicatorId, IndicatorUse } from './indicator-use.ts';
import type { StrategyContext } from './strategy.ts';

/** An order of this strategy that may still fill. */
export interface OpenOrder {
  readonly requestId: string;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly state: OrderState;
}

export interface ValueOptions<Id extends IndicatorId> {
  /** The catalogue's default output when left out, such as `upper` of `bollinger`. */
  readonly output?: IndicatorShapes[Id]['output'];
  /** 0, the latest bar, when left out; at most 499. */
  readonly barsAgo?: number;
}

/** What the author of a strategy sees and can do: market, account and orders of the bar that was shown last. */
export interface AuthorContext extends StrategyContext {
  /** The trading day of the latest bar, yyyymmdd. */
  readonly date: number;
  /**
   * The last `count` closed bars with volume, 1 to 500, oldest first; fewer while fewer were shown.
   *
   * @throws {RangeError} an instrument that is not declared, a count outside the range
   */
  bars(instrument: InstrumentId, count: number): readonly Bar[];
  /** The latest closed bar with volume; null before the first. @throws {RangeError} not declared */
  lastBar(instrument: InstrumentId): Bar | null;
  /**
   * The value of a declared indicator at this bar or an earlier one; NaN while it warms up, so that every comparison with
   * it is false.
   *
   * @throws {RangeError} an indicator or instrument that is not declared, an output it has not, more than 499 bars ago
   */
  indicator<Id extends IndicatorId>(
    use: IndicatorUse<Id>,
    instrument: InstrumentId,
    options?: ValueOptions<Id>,
  ): number;
  /** Shares held by this strategy; 0 when flat. */
  shares(instrument: InstrumentId): number;
  /** Oldest first; of one instrument, or of all. */
  openOrders(instrument?: InstrumentId): readonly OpenOrder[];
  /**
   * Whole shares that `amount` won buys at the price a buy order would carry now (see `buy`), cut off, and no more than
   * cash less a thousandth for fees, and the largest single order, allow. 0 before the first bar.
   */
  sharesFor(instrument: InstrumentId, amount: number): number;
  /**
   * Asks for shares at a limit up to 2 % through the last close, so that it trades at once. More than the largest single
   * order is cut to it; one share is asked for all the same, so that the guard's answer is on record.
   *
   * @returns the request id; null when there is nothing to ask for: 0 shares, or no bar yet
   */
  buy(instrument: InstrumentId, shares: number, reason: string): string | null;
  /** As `buy`, and never more shares than are held. */
  sell(instrument: InstrumentId, shares: number, reason: string): string | null;
  /**
   * Orders what is missing to hold `weight` of the equity, a fraction from 0 to 1, at the last close: whole shares, cut off.
   * A weight of 0 sells everything. A buy is bounded as `sharesFor`; what a sale brings can be used once it has filled.
   *
   * @param bandBps do nothing while the weight is off by no more than this, in hundredths of a percent of the equity; 0 if not said
   * @returns shares asked for, negative for a sale; 0 when the weight is right, an order is open or there is no bar
   * @throws {RangeError} a weight outside 0 to 1
   */
  targetWeight(
    instrument: InstrumentId,
    weight: number,
    options: { readonly reason: string; readonly bandBps?: number },
  ): number;
}
