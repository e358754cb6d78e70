import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import { listingOf } from '#markets/listings.ts';

/**
 * `PDNO` of an instrument: its listing code, with `Q` before that of an ETN. Only the listings of this build say what is
 * an ETN; one that they do not hold goes out as its plain code, which KIS refuses as unknown.
 *
 * @see spec §4.1 and §5.2
 */
export function wireSymbol(instrument: InstrumentId): string {
  const symbol = symbolOf(instrument);
  return listingOf(symbol)?.kind === 'etn' ? `Q${symbol}` : symbol;
}
