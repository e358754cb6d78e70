import type { BarInterval } from '#domain/bar.ts';

/** A row of `series` without its bars. */
export interface SeriesHead {
  readonly symbol: string;
  readonly interval: BarInterval;
  readonly count: number;
  /**
   * 2: blocks of daily bars and stretches of a day list; 3: blocks of minute bars, `days` being their times
   * (`minute-times.ts`); 1: everything in one compressed text of integers.
   */
  readonly format: number;
  readonly checksum: number;
  readonly dayList: number | null;
  readonly days: Uint8Array;
}
