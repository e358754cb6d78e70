import type { BarInterval } from '#domain/bar.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';
import type { Limits } from '#guard/limits.ts';
import type { FillModel } from './fill-model.ts';
import type { PaperAccount } from './paper-account.ts';

/** What a desk of a backtest trades with. */
export interface DeskOptions {
  readonly strategy: string;
  readonly interval: BarInterval;
  readonly instruments: readonly Instrument[];
  readonly limits: Limits;
  readonly account: PaperAccount;
  readonly fills: FillModel;
  /** What the exchange counted a day's limits from, where that is known; the close before otherwise. */
  readonly basePrice: ((instrument: InstrumentId, date: number) => Won | null) | undefined;
}
