import type { InstrumentId } from '#domain/instrument.ts';

/** What somebody who makes bars of our ticks must know of the time in which there were none. */
export type BarGap =
  /** Trades from then on may be missing, epoch milliseconds of the market: bars of those minutes are not whole yet. */
  | { readonly kind: 'open'; readonly instruments: readonly InstrumentId[]; readonly fromMs: number }
  /** Our own bars are whole again up to then: read them, they replace what was made of ticks. */
  | { readonly kind: 'filled'; readonly instruments: readonly InstrumentId[]; readonly toMs: number };

/** Which instruments have been told to have a gap, so that each `open` is followed by one `filled`. */
export class BarGaps {
  readonly #tell: (gap: BarGap) => void;
  /** Since when; at most the instruments that a stream carries. */
  readonly #open = new Map<InstrumentId, number>();

  constructor(tell: (gap: BarGap) => void) {
    this.#tell = tell;
  }

  opened(instruments: readonly InstrumentId[], fromMs: number): void {
    const news = instruments.filter((instrument) => fromMs < (this.#open.get(instrument) ?? Infinity));
    for (const instrument of news) this.#open.set(instrument, fromMs);
    if (news.length > 0) this.#tell({ kind: 'open', instruments: news, fromMs });
  }

  filled(instruments: readonly InstrumentId[], toMs: number): void {
    const news = instruments.filter((instrument) => this.#open.delete(instrument));
    if (news.length > 0) this.#tell({ kind: 'filled', instruments: news, toMs });
  }

  /** For a listener that comes while something is missing. */
  list(): readonly Extract<BarGap, { kind: 'open' }>[] {
    return [...this.#open].map(([instrument, fromMs]) => ({ kind: 'open', instruments: [instrument], fromMs }));
  }
}
