import type { Bar, BarInterval, BarSeries, RowRange } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import type { OrderState } from '#domain/order-state.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';

/**
 * How an order finds its price. Brokers are only ever handed limit orders: `market` becomes a limit 2 % through the last
 * price, closer where the guard's collar is; `market-on-open` is one for the next opening print alone, `market-on-close`
 * one for the closing auction.
 */
export type OrderPricing = 'limit' | 'market' | 'market-on-open' | 'market-on-close';

/**
 * What an order waits for before it is asked for at all; until then it lies with us and no broker knows it. `stop`: a
 * sell wakes when the market trades at or below the price, a buy at or above it. `target` is the other way round.
 * `trailing`: a stop so far (whole basis points) below the highest price since it was placed, or above the lowest for a
 * buy.
 */
export type OrderTrigger =
  | { readonly kind: 'stop'; readonly price: Won }
  | { readonly kind: 'target'; readonly price: Won }
  | { readonly kind: 'trailing'; readonly distanceBps: number };

/** The way out of an entry, armed share by share as it fills: the first that the market reaches sells, and ends the others. */
export interface OrderExits {
  readonly stopPrice?: Won;
  readonly targetPrice?: Won;
  readonly trailingBps?: number;
}

/** What a strategy hands in; the engine adds who and when. Without the optional words it is a limit order for the day. */
export interface OrderDraft {
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly quantity: Quantity;
  /** Limit price, on the tick; with another `pricing` the last price that the strategy knows. */
  readonly price: Won;
  /** One short sentence: why. */
  readonly reason: string;
  /** Absent means `limit`. */
  readonly pricing?: OrderPricing;
  /** With `pricing: 'market'` a stop order, with a limit a stop-limit. Absent: asked for at once. */
  readonly trigger?: OrderTrigger;
  /**
   * Last trading day, yyyymmdd: what is left is asked for again on each day until then, as a new order with a new pass of
   * the guard. Absent: the day.
   */
  readonly goodTill?: number;
  /**
   * Orders of one instrument with the same word: the first that wakes takes the others away before it is sent, so that
   * never two of them fill. One without a trigger waits until the market reaches its limit price.
   */
  readonly group?: string;
  /** Of a buy: a bracket. They stay until the shares are gone, whatever `goodTill` says. */
  readonly exits?: OrderExits;
}

/** News of an order of this strategy. */
export interface OrderUpdate {
  readonly requestId: string;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly state: OrderState;
  readonly filled: Quantity;
  /** Denial or rejection code; null when all is well. */
  readonly code: string | null;
}

export interface StrategyPosition {
  readonly quantity: Quantity;
  /** Cost divided by quantity, not rounded. */
  readonly averagePrice: number;
}

/** All that a strategy sees and can do. The same in backtest, paper and live; synchronous everywhere. */
export interface StrategyContext {
  /** Epoch milliseconds of the market's clock. */
  readonly nowMs: number;
  readonly cash: Won;
  /** Cash plus holdings at their last price. */
  readonly equity: Won;
  /** The largest single order the guard lets through; sizing may use it, and says so when it does. */
  readonly orderValueMax: Won;
  /** Held by this strategy; null when flat. */
  position(instrument: InstrumentId): StrategyPosition | null;
  readonly positionCount: number;
  /** True while an order of this strategy for the instrument may still fill. */
  hasOpenOrder(instrument: InstrumentId): boolean;
  /** Rounds to a legal order price of today, never past what the guard's collar allows. */
  limitPrice(instrument: InstrumentId, side: OrderSide, lastPrice: Won, distanceBps: number): Won;
  /** Returns the request id; what became of it arrives by `onOrder`. */
  submit(draft: OrderDraft): string;
  cancel(requestId: string): void;
  /** One line for the decision log: why something was, or was not, done. */
  log(instrument: InstrumentId, message: string): void;
}

/** A strategy is a value with callbacks. Bars arrive closed, oldest first, one at a time, instruments in the declared order. */
export interface Strategy {
  readonly name: string;
  readonly instruments: readonly InstrumentId[];
  readonly interval: BarInterval;
  /** Bars of history to replay through `onBar` with `isWarmUp` before the first decision. */
  readonly warmUpBars: number;
  onBar(context: StrategyContext, instrument: InstrumentId, bar: Bar, isWarmUp: boolean): void;
  /**
   * Called once after all bars of the day `date` (yyyymmdd) of every instrument have been shown, never for warm-up. Whoever
   * feeds day bars must call it; a strategy of minute bars that is not called finds the end of a day itself.
   */
  onClose?(context: StrategyContext, date: number): void;
  onOrder?(context: StrategyContext, update: OrderUpdate): void;
  /**
   * For an engine that has every bar before it shows the first. Says at which rows of `bars`, ascending, `onBar` may do
   * something while nothing of the instrument is held and no order of it waits: at all others it does nothing then, and need
   * not be called. From then on it is shown bars of these rows alone, in order; those before the first decision may be left
   * out. Null when it cannot tell: every bar must be shown. Called once at the most for each instrument, before its first bar,
   * with prices in whole won, and only of strategies that order nothing but the instrument they are shown.
   */
  foresee?(bars: BarSeries, range: RowRange): Int32Array | null;
  /**
   * Of one that foresees, at each row of an instrument of which it holds something and no order waits: whether `onBar` may do
   * something there; where not, the bar is not shown. Absent: bars of what is held are all shown.
   */
  glance?(context: StrategyContext, instrument: InstrumentId, row: number, close: Won): boolean;
  /**
   * Of one that foresees: true when for the rest of the day it does nothing but log at bars of instruments of which nothing
   * is held and no order waits, whatever they are.
   */
  isFull?(context: StrategyContext): boolean;
  /** What it looked at on the last bar of the instrument it was shown, for a person who asks why; NaN while warming up. */
  readings?(instrument: InstrumentId): readonly StrategyReading[];
  /** Its conditions on that bar, true or not, for the same person; absent where nobody tells them apart. */
  checks?(instrument: InstrumentId): readonly StrategyCheck[];
}

/** One number that a strategy looked at, by its own name for it. */
export interface StrategyReading {
  readonly name: string;
  readonly value: number;
}

/** One condition on one bar: what stood on its two sides, and whether it held. Texts are for people, in both languages. */
export interface StrategyCheck {
  readonly side: 'buy' | 'sell';
  /** The rule it is a part of, such as `Golden cross`; conditions of a rule stand together. */
  readonly rule: StrategyText;
  /** Such as `RSI(14) is below 30`. */
  readonly text: StrategyText;
  readonly left: StrategyCheckSide;
  readonly right: StrategyCheckSide;
  /** False while a side is not known yet. */
  readonly holds: boolean;
}

export interface StrategyCheckSide {
  /** Null for a fixed number, whose value says it all. */
  readonly name: StrategyText | null;
  /** NaN while warming up. */
  readonly value: number;
}

export interface StrategyText {
  readonly ko: string;
  readonly en: string;
}
