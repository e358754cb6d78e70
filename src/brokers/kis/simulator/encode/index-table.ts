import type { Instrument } from '#domain/instrument.ts';

/** One index that this venue calculates. */
export interface MarketIndex {
  /** `FID_INPUT_ISCD` and key of the index feeds. */
  readonly code: string;
  readonly name: string;
  /** Capitalisation in won that is worth one point: chosen so that levels look like those of the real index. */
  readonly divisor: number;
  holds(instrument: Instrument): boolean;
}

const isStock = (instrument: Instrument): boolean => instrument.kind === 'stock';
const isKospi = (instrument: Instrument): boolean => isStock(instrument) && instrument.market === 'KOSPI';

/**
 * Indices over the stocks that this venue lists, weighted by capitalisation; ETFs and ETNs are in none. There are no
 * sectors: the list of sector indices names these.
 */
export const marketIndices: readonly MarketIndex[] = [
  { code: '0001', name: '종합', divisor: 100_000_000_000, holds: isKospi },
  {
    code: '1001',
    name: 'KOSDAQ',
    divisor: 30_000_000_000,
    holds: (instrument) => isStock(instrument) && instrument.market === 'KOSDAQ',
  },
  { code: '2001', name: 'KOSPI200', divisor: 800_000_000_000, holds: isKospi },
];

/** Null when this venue does not calculate an index of that code. */
export function marketIndex(code: string): MarketIndex | null {
  return marketIndices.find((index) => index.code === code) ?? null;
}
