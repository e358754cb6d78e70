import type { Bar } from '#domain/bar.ts';
import type { StrategyCheck, StrategyReading } from '../strategy.ts';

/** Why to enter or leave: a stable code for the decision log and one sentence with the numbers for the person. */
export interface Signal {
  readonly code: string;
  readonly sentence: string;
}

/** What the rules of a strategy say about one instrument, bar after bar. */
export interface Signals {
  /** @param averagePrice what the shares that are held cost on average, in won; null while nothing is held */
  next(bar: Bar, averagePrice: number | null): void;
  /** The reason to buy at the latest bar; null when there is none. */
  readonly entry: Signal | null;
  /** The reason to sell what is held; null when there is none, and when nothing is held. */
  readonly exit: Signal | null;
  /**
   * For a bar of known bars that `next` need not see when this says so: false where `exit` would stay null. Absent where that
   * cannot be told without the bar.
   */
  glance?(row: number, close: number, averagePrice: number): boolean;
  /** The numbers that the rules looked at on the latest bar; absent where nobody tells them apart. */
  readings?(): readonly StrategyReading[];
  /** Its conditions on that bar; absent where nobody tells them apart. */
  checks?(): readonly StrategyCheck[];
}
