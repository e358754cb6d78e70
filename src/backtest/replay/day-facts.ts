import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderState } from '#domain/order-state.ts';
import type { OrderSide } from '#domain/order.ts';
import type { TriggerState } from '#strategy/triggers/trigger-state.ts';

/** What nobody can work out anew: the account and the market as a strategy's room was told of them at a moment. */
export interface DayFacts {
  /** Won that ordering can use, less buys that were on their way to the gateway. */
  readonly cash: number;
  /** Won. */
  readonly equity: number;
  readonly orderValueMax: number;
  readonly collarBps: number;
  readonly quotes: readonly QuoteFact[];
  /** When the broker last confirmed the holdings, epoch milliseconds; null when it never did. */
  readonly confirmedAtMs: number | null;
  /** Shares in the account, whoever bought them; an instrument without a row is not held. Null while that is not known. */
  readonly shares: readonly { readonly instrument: InstrumentId; readonly quantity: number }[] | null;
}

/** Last price and the day's base price, won. */
export interface QuoteFact {
  readonly instrument: InstrumentId;
  readonly price: number;
  readonly basePrice: number;
  /** The day of which the base price is, yyyymmdd; absent in records of versions that did not ask for it. */
  readonly baseDate?: number;
}

/** The gateway's word on one order, with all of its executions so far. */
export interface OrderFact {
  readonly requestId: string;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly quantity: number;
  readonly filled: number;
  /** Sum of price times quantity over the executions, won. */
  readonly filledValue: number;
  readonly state: OrderState;
  /** Why it was denied or rejected; null otherwise. */
  readonly code: string | null;
  /** Epoch milliseconds of the last execution; 0 when there was none. */
  readonly lastFillMs: number;
  /** False while the gateway is silent and the state is our guess. */
  readonly isConfirmed: boolean;
}

/** Where a run takes up its orders: what an earlier one left waiting, compared with the gateway's record. */
export interface ResumedRun {
  /** The trading day begun last, yyyymmdd; 0 before the first. */
  readonly date: number;
  readonly triggers: TriggerState;
  /** Orders that woke in an earlier run and never reached the gateway; they are sent again. */
  readonly unsent: readonly { readonly requestId: string; readonly instrument: InstrumentId }[];
  /** Bought so long ago that no record of orders counts the shares. */
  readonly unrecorded: readonly InstrumentId[];
  /** The day on which the closing auction was told last, yyyymmdd; 0 for never. */
  readonly closedOn: number;
}
