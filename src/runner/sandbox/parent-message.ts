import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderUpdate } from '#strategy/strategy.ts';

/** What a legal order price of one instrument depends on today. */
export interface PriceRules {
  readonly instrument: InstrumentId;
  /** Zones from low to high; `below` is null for the last, which has no end. */
  readonly ticks: readonly { readonly below: number | null; readonly tick: number }[];
  readonly lower: number;
  readonly upper: number;
  readonly collarBps: number;
}

/** The context as it was when the event happened; the child's answers are worked out from it alone. */
export interface Snapshot {
  readonly nowMs: number;
  readonly cash: number;
  readonly equity: number;
  readonly orderValueMax: number;
  readonly positions: readonly {
    readonly instrument: InstrumentId;
    readonly quantity: number;
    readonly averagePrice: number;
  }[];
  readonly openOrders: readonly InstrumentId[];
  /** Of the instruments whose rules changed since they were last sent. */
  readonly rules: readonly PriceRules[];
}

/** What the runner tells a strategy's child; each is answered by `done` with the same number before the next is sent. */
export type ParentMessage =
  | {
      readonly kind: 'bar';
      readonly event: number;
      readonly instrument: InstrumentId;
      readonly bar: Bar;
      readonly isWarmUp: boolean;
      readonly context: Snapshot;
    }
  /** All bars of the day, yyyymmdd, of every instrument were sent. */
  | { readonly kind: 'close'; readonly event: number; readonly date: number; readonly context: Snapshot }
  | { readonly kind: 'order'; readonly event: number; readonly update: OrderUpdate; readonly context: Snapshot };
