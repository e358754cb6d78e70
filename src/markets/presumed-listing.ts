import { instrumentId, type Instrument } from '#domain/instrument.ts';
import { listingOf } from './listings.ts';
import { pastListings, type ListingFacts } from './past-listings.ts';

/** What a code was taken for, and why. */
export interface PresumedListing {
  readonly instrument: Instrument;
  /** `table` a table of ours · `name` the words of its name · `nothing` neither says, so it counts as a KOSPI stock. */
  readonly because: 'table' | 'name' | 'nothing';
}

/** Funds carry the brand of their house before a space; no stock of KRX begins so. */
const brand =
  /^(KODEX|TIGER|KBSTAR|RISE|ACE|KINDEX|ARIRANG|PLUS|HANARO|SOL|KOSEF|KIWOOM|TIMEFOLIO|TIME|KoAct|1Q|BNK|FOCUS|SMART|TREX|UNICORN|VITA|WON|WOORI|HK|ITF|MASTER|DAISHIN343|KCGI|IBK|마이티|마이다스|파워|히어로즈|에셋플러스|네비게이터|대신343)\s/i;

/**
 * What a listing code is, as far as the tables and its name tell, for back-tests: orders of today ask `listingOf()` alone.
 *
 * @param name as a file or the store has it; the code itself where there is none
 */
export function presumedListing(symbol: string, name: string): PresumedListing {
  const listed = listingOf(symbol);
  if (listed !== null) return { instrument: listed, because: 'table' };
  const known = pastListings.get(symbol);
  const facts = known ?? factsOfName(name);
  return {
    instrument: { id: instrumentId(symbol), symbol, name, ...(facts ?? stranger) },
    because: known !== undefined ? 'table' : facts !== null ? 'name' : 'nothing',
  };
}

const stranger: ListingFacts = { market: 'KOSPI', kind: 'stock', leverage: 1 };

function factsOfName(name: string): ListingFacts | null {
  const isNote = /\sETN(\s|$|\()/i.test(`${name} `);
  if (!isNote && !brand.test(name) && !/\sETF(\s|$|\()/i.test(`${name} `)) return null;
  return { market: 'KOSPI', kind: isNote ? 'etn' : 'etf', leverage: /레버리지|2X|곱버스/i.test(name) ? 2 : 1 };
}
