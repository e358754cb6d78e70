import type { MarketSource } from '#brokers/kis/simulator/venue/floor/market-source.ts';
import type { Instrument } from '#domain/instrument.ts';
import { listings } from '#markets/listings.ts';

import { SyntheticCrowd } from './synthetic-crowd.ts';
import { syntheticBasePrice, syntheticDailyBars } from './synthetic-daily.ts';

export interface SyntheticMarketOptions {
  /** The same seed makes the same market, on every machine and at every start. */
  readonly seed: string;
  /** All of `#markets/listings.ts` if not said. */
  readonly instruments?: readonly Instrument[] | undefined;
}

/** A market of invented prices for well-known names: every listing has a past, a fair value and a crowd. Writes nothing. */
export function syntheticMarket({ seed, instruments = listings }: SyntheticMarketOptions): MarketSource {
  return {
    instruments,
    basePrice: (instrument, date) => syntheticBasePrice(instrument, seed, date),
    dailyBars: (instrument, from, to) => syntheticDailyBars(instrument, seed, from, to),
    openDay: (instrument, date, basePrice, board = 'KRX') =>
      new SyntheticCrowd({ instrument, seed, date, basePrice, board }),
  };
}
