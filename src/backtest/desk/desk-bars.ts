import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';

/** The bars of one moment, as the desk reads them. */
export interface DeskBars {
  readonly date: number;
  readonly startsAtMs: number;
  /** Whose bars there are now, in the declared order. */
  readonly instruments: readonly InstrumentId[];
  barOf(instrument: InstrumentId): Bar | null;
}
