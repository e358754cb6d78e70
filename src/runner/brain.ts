import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderUpdate } from '#strategy/strategy.ts';
import type { Shown } from './record/day-recorder.ts';

/** What a strategy says of itself once it can be asked. */
export interface Declaration {
  readonly instruments: readonly InstrumentId[];
  readonly warmUpBars: number;
}

export interface BrainEvents {
  /** The strategy broke its contract and is ended; the sentence is for the person. */
  onFailed(reason: string): void;
  /** Told when the strategy is about to see it: what it reads of the context is as of this moment. */
  onShown(shown: Shown): void;
  /**
   * Told before anything that the strategy decides on the bar that starts then, epoch milliseconds. `isWarmUp`: while it
   * is shown a bar of its history, about which nothing it says belongs in the log.
   */
  onDeciding(barStartsAtMs: number, isWarmUp: boolean): void;
  /** A sentence about the strategy for the person who wrote it, beside its decisions and none of them. */
  onRemark?(sentence: string): void;
}

/** Where a strategy thinks: in this process for rules, in a sandboxed child for code. */
export interface Brain {
  /** @throws {SnowballError} when the strategy cannot be loaded */
  start(): Promise<Declaration>;
  bar(instrument: InstrumentId, bar: Bar, isWarmUp: boolean): void;
  /** All bars of the day, yyyymmdd, of every instrument have been given; for day bars only. */
  close(date: number): void;
  order(update: OrderUpdate): void;
  /** Ends it; nothing is delivered any more. */
  stop(): Promise<void>;
}
