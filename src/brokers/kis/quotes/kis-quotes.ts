import type { InstrumentId } from '#domain/instrument.ts';

import type { KisCalls } from '../calls/calls.ts';
import type { Board } from './quote-codes.ts';
import { readTrades, type RecentTrade } from './trades.ts';

/**
 * Market data of Korea beyond the port that all brokers share. Every read throws what a read throws (`kis.busy`,
 * `kis.unavailable`, `kis.token-refused`, `kis.read-refused`, `kis.unreadable-answer`), and `kis.not-on-paper` where
 * it says *real only*. A number that KIS leaves empty, or 0 where none can be, is null and never a price.
 */
export interface KisQuotes {
  /** The last thirty trades or so of today, oldest first. */
  trades(instrument: InstrumentId, board?: Board): Promise<readonly RecentTrade[]>;
}

/** Asks nothing until a member is called. */
export function createKisQuotes(calls: KisCalls): KisQuotes {
  return {
    trades: (instrument, board = 'krx') => readTrades(calls, instrument, board),
  };
}
