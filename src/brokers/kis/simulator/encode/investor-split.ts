import type { Bar } from '#domain/bar.ts';

import { randomFrom, type Random } from '../venue/random.ts';

/** What one kind of investor did on a day: shares, and millions of won at the day's close, cut off. */
export interface InvestorFigures {
  readonly bought: number;
  readonly sold: number;
  readonly net: number;
  readonly boughtValue: number;
  readonly soldValue: number;
  readonly netValue: number;
}

export type InvestorKind = 'person' | 'foreign' | 'institution';

/** Parts of the volume that foreigners and institutions take on average, and how far a day strays from them. */
const foreignShare = 0.3;
const institutionShare = 0.2;
const stray = 0.08;

/**
 * Who bought and sold what was traded on `bar`'s day. Simulated: this venue does not know its traders, so the parts are
 * drawn from the symbol and the date. Shares bought add up to the volume, and so do those sold; the nets add up to
 * nothing. The same volume is always parted alike.
 */
export function investorsOf(
  symbol: string,
  bar: Pick<Bar, 'date' | 'close' | 'volume'>,
): Record<InvestorKind, InvestorFigures> {
  const random = randomFrom(`investor/${symbol}/${bar.date}`);
  const bought = parts(bar.volume, random);
  const sold = parts(bar.volume, random);
  const figures = (kind: InvestorKind): InvestorFigures => {
    const net = bought[kind] - sold[kind];
    const [boughtValue, soldValue] = [millionsOf(bought[kind], bar.close), millionsOf(sold[kind], bar.close)];
    return { bought: bought[kind], sold: sold[kind], net, boughtValue, soldValue, netValue: boughtValue - soldValue };
  };
  return { person: figures('person'), foreign: figures('foreign'), institution: figures('institution') };
}

/** Whole shares; persons take what the others leave. */
function parts(volume: number, random: Random): Record<InvestorKind, number> {
  const foreign = Math.floor(volume * (foreignShare + stray * (2 * random.next() - 1)));
  const institution = Math.floor(volume * (institutionShare + stray * (2 * random.next() - 1)));
  return { person: volume - foreign - institution, foreign, institution };
}

function millionsOf(shares: number, price: number): number {
  return Math.floor((shares * price) / 1_000_000);
}
