import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import { listingOf } from '#markets/listings.ts';

import type { KisBrokerOptions } from '../options.ts';

/**
 * `PDNO` of an instrument: its listing code, with `Q` before that of an ETN. What is an ETN, the master file of the day
 * says when there is one, otherwise the listings of this build; one that neither knows goes out as its plain code, which
 * KIS refuses as unknown.
 *
 * @see spec §4.1 and §5.2
 */
export function wireSymbol({ kindOf }: Pick<KisBrokerOptions, 'kindOf'>, instrument: InstrumentId): string {
  const symbol = symbolOf(instrument);
  const kind = kindOf?.(instrument) ?? listingOf(symbol)?.kind;
  return kind === 'etn' ? `Q${symbol}` : symbol;
}
