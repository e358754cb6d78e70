import type { InstrumentId } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';
import type { OrderDraft } from '#strategy/strategy.ts';
import type { MarketClock } from '../feed/market-clock.ts';
import type { MarketMemory } from '../feed/market-memory.ts';
import type { StrategyBook } from '../strategy-book.ts';
import type { KeeperOptions } from './waiting-keeper.ts';
import type { WaitingState } from './waiting-state.ts';

/** Hears what reaches the orders that wait, and what the house says of them. */
export interface WaitingEars {
  /** What was taken up, after it was compared with the record of orders. */
  resumed(state: WaitingState, unrecorded: readonly InstrumentId[]): void;
  /** A trade that is shown to what waits; `atMs` is its stamp. */
  price(instrument: InstrumentId, price: number, atMs: number): void;
  closingAuction(): void;
  note(instrument: InstrumentId, message: string): void;
}

/** What the waiting orders of one strategy need around them. */
export interface WaitingOptions {
  readonly book: StrategyBook;
  readonly market: MarketMemory;
  readonly clock: MarketClock;
  /** Shares in the account, whoever bought them; null while that is not known. */
  readonly inAccount: (instrument: InstrumentId) => number | null;
  readonly limitPrice: (draft: OrderDraft, lastPrice: Won, distanceBps: number) => Won;
  readonly send: (requestId: string, draft: OrderDraft) => void;
  readonly cancel: (requestId: string) => void;
  /** Says in the decision log what a restart, or the disk, did to an order. */
  readonly note: (instrument: InstrumentId, message: string) => void;
  /** Where what waits outlives this process. Without it nothing does, and nothing has to be taken up first. */
  readonly keeper?: KeeperOptions;
  readonly ears?: WaitingEars;
}
