import type { InstrumentKind, Market } from '#domain/instrument.ts';

/** What a code is on KRX: enough for its ticks, limits, fee and tax. */
export interface ListingFacts {
  readonly market: Market;
  readonly kind: InstrumentKind;
  /** Absolute leverage of a fund or note; 1 for everything else. */
  readonly leverage: number;
}

/**
 * Much-traded codes that are no KOSPI stocks, for back-tests alone: what may be ordered stands in `listings.ts`. From
 * general knowledge of the exchange, no document read (mark: inferred); whoever knows better says so with `--listing`.
 */
const kosdaqStocks =
  '086520 196170 028300 263750 041510 112040 078340 068760 145020 214150 277810 403870 058470 357780 240810 036930 039030 ' +
  '222080 122870 035760 253450 096530 084370 067310 005290 036540 056190 098460 095340 000250 141080 237690 086900 101490 ' +
  '046890 078600 121600 033640 178320 214450 257720 319660 091990 048410 066700 215600 084990 130960 051370 060250';

const funds =
  '069660 105190 102110 148020 152100 278530 226490 310970 232080 091170 091180 102780 117700 117460 102960 140710 244580 ' +
  '139260 157490 305080 360750 133690 379800 379810 381180 371460 192090 143850 114260 132030 153130 130730 261240 138230 ' +
  '251340 250780 123310 395160 394670 364980 305540 192720 195930 195980 329200';

const doubleFunds = '123320 252710 267770 243880 233160 252400';

export const pastListings: ReadonlyMap<string, ListingFacts> = new Map<string, ListingFacts>([
  ...codes(kosdaqStocks).map((code) => [code, { market: 'KOSDAQ', kind: 'stock', leverage: 1 }] as const),
  ...codes(funds).map((code) => [code, { market: 'KOSPI', kind: 'etf', leverage: 1 }] as const),
  ...codes(doubleFunds).map((code) => [code, { market: 'KOSPI', kind: 'etf', leverage: 2 }] as const),
]);

function codes(text: string): readonly string[] {
  return text.split(' ');
}
