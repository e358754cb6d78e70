import type { BarSeries } from '#domain/bar.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';
import type { Limits } from '#guard/limits.ts';
import type { Strategy } from '#strategy/strategy.ts';
import type { Dividend, Split } from './desk/corporate-actions.ts';
import type { FillModel } from './desk/fill-model.ts';

export interface BacktestOptions {
  /** A fresh one: strategies remember, so the same value must not be run twice. */
  readonly strategy: Strategy;
  /** Bars of the strategy's interval, one series for each of its instruments; bars before `from` warm it up. */
  readonly series: readonly BarSeries[];
  /** What is known of each instrument of the strategy. */
  readonly instruments: readonly Instrument[];
  /** First and last day of decisions, yyyymmdd, both included. */
  readonly from: number;
  readonly to: number;
  readonly initialCash: Won;
  readonly limits: Limits;
  /** The broker's fee in parts per billion of each execution; KIS's online fee of the instrument's kind when left out. */
  readonly commissionPpb?: number;
  /** What is believed of bars; `ordinaryFills` for whatever is left out. */
  readonly fills?: Partial<FillModel>;
  /** Paid on what is held; none when left out. Not for series whose prices were adjusted for them. */
  readonly dividends?: readonly Dividend[];
  /** Of raw series; none when left out. */
  readonly splits?: readonly Split[];
  /**
   * What the exchange counted a day's price limits from, won; null where it is not known, which lets no order pass. When
   * left out it is the close before, which is wrong on days of rights, mergers and listings (krx-rules §0.5).
   */
  readonly basePrice?: (instrument: InstrumentId, date: number) => Won | null;
  /**
   * Shows every bar, also where the strategy has foreseen that nothing can happen: the same bytes, slower, and what the
   * quick walk is held against.
   */
  readonly showsEveryBar?: boolean;
  /** Lower-case hexadecimal SHA-256 of a text's UTF-8 bytes; handed in because pure folders hold no crypto. */
  readonly sha256: (text: string) => string;
  /** Called now and then with the share of days done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}
