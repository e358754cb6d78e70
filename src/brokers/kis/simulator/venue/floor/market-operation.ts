/** Where an instrument trades; NXT takes a part of the listed ones only. */
export type Board = 'KRX' | 'NXT';

/** One volatility interruption (VI): trading goes over into a call auction for two minutes and up to thirty seconds. */
export interface Interruption {
  readonly kind: 'static' | 'dynamic';
  /** Price of the trade that would have happened, and the price it was measured from; whole won. */
  readonly triggerPrice: number;
  readonly referencePrice: number;
  /** Epoch milliseconds of market time; `endedAt` null while it lasts. */
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** Something the exchange announces about a board or an instrument, as it happens. */
export type MarketOperation =
  | {
      readonly kind: 'phase';
      readonly board: Board;
      /** The phase that begins now; names of `markets/sessions.ts`, or `closed`. */
      readonly phase: string;
      readonly at: number;
    }
  | {
      readonly kind: 'interruption';
      readonly board: Board;
      readonly symbol: string;
      readonly interruption: Interruption;
      readonly at: number;
    };
