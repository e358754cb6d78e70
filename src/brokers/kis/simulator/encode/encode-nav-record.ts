import { pointSign } from './encode-index-record.ts';
import { navOf } from './etf-nav.ts';
import type { QuoteDesk } from './quote-desk.ts';
import { percentText } from './text-fields.ts';

/** One record of H0STNAV0, 8 fields, for an ETF or ETN. @see spec §7.5 */
export function encodeNavRecord({ instrument, basePrice, stats }: QuoteDesk): readonly string[] {
  const { symbol } = instrument;
  const of = (price: number): number => navOf(symbol, price === 0 ? basePrice : price);
  const previous = of(basePrice);
  const nav = of(stats.last);
  return [
    symbol,
    nav.toFixed(2),
    pointSign(nav - previous),
    (nav - previous).toFixed(2),
    percentText(nav - previous, previous),
    ...[stats.open, stats.high, stats.low].map((price) => of(price).toFixed(2)),
  ];
}
