import type { OrderDraft } from '../strategy.ts';
import type { BracketState } from './bracket.ts';
import type { LastPrice } from './last-prices.ts';
import type { WatchedOrder } from './watched-order.ts';

/** All that a book remembers, as plain data: `TriggerBook` made from it goes on where the other stood. */
export interface TriggerState {
  /** Market day of the session that was begun last, yyyymmdd; 0 before the first. */
  readonly date: number;
  /** Moment of the last bar or price, epoch milliseconds. */
  readonly nowMs: number;
  readonly bothInOneBar: number;
  readonly watched: readonly Readonly<WatchedOrder>[];
  readonly brackets: readonly BracketState[];
  readonly lasting: readonly { readonly requestId: string; readonly draft: OrderDraft }[];
  /** Absent, as `held`, in what earlier versions wrote: nothing is known. */
  readonly lastPrices?: readonly LastPrice[];
  /** Request ids of what never wakes; see `TriggerBook.hold`. */
  readonly held?: readonly string[];
}
