import type { Bar, BarInterval } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import type { OrderState } from '#domain/order-state.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';

/** What a strategy hands in; the engine adds who and when. */
export interface OrderDraft {
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly quantity: Quantity;
  /** Limit price, on the tick. */
  readonly price: Won;
  /** One short sentence: why. */
  readonly reason: string;
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
  onOrder?(context: StrategyContext, update: OrderUpdate): void;
}
