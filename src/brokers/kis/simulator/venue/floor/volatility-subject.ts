import type { Instrument } from '#domain/instrument.ts';
import type { VolatilitySubject } from '#exchange/volatility-rates.ts';
import { listingOf } from '#markets/listings.ts';

/** Funds that follow the KOSPI200 one to one. */
const coreFunds: ReadonlySet<string> = new Set(['069500']);

/**
 * Which rates of interruption an instrument has. Members of the KOSPI200 are the KOSPI stocks of `#markets/listings.ts`,
 * all of which are well-known large ones; the index's real list is not part of any data here.
 */
export function volatilitySubject({ kind, market, symbol }: Instrument): VolatilitySubject {
  const isMember = kind === 'stock' && market === 'KOSPI' && listingOf(symbol) !== null;
  return { kind, isCore: isMember || (kind === 'etf' && coreFunds.has(symbol)) };
}
