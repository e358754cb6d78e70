import type { BookLevel } from '#domain/market-data.ts';
import { priceLimits } from '#markets/price-limits.ts';

import { totalOf } from './encode-order-book.ts';
import type { RecordContext } from './encode-trade-record.ts';
import type { Desk } from '../venue/market-floor.ts';
import { changeSign, clockText, percentText } from './text-fields.ts';
import { profileFields } from '../socket/wire-profile.ts';

const levels = 10;

/** One H0STASP0 record, 59 or 60 fields. @see spec Appendix B */
export function encodeBookRecord(
  desk: Desk,
  at: Temporal.Instant,
  { date, profile }: RecordContext,
): readonly string[] {
  const { asks, bids } = desk.book.depth(levels, at);
  const expected = desk.book.indicative();
  const change = expected === null ? 0 : expected.price - desk.basePrice;
  const sign = changeSign(change, expected?.price ?? 0, priceLimits(desk.instrument, desk.basePrice, date));
  const fields = [
    desk.instrument.symbol,
    clockText(at.epochMilliseconds),
    '0',
    ...column(asks, 'price'),
    ...column(bids, 'price'),
    ...column(asks, 'quantity'),
    ...column(bids, 'quantity'),
    totalOf(asks),
    totalOf(bids),
    0,
    0,
    expected?.price ?? 0,
    expected?.quantity ?? 0,
    expected?.quantity ?? 0,
    change,
    sign,
    percentText(change, desk.basePrice),
    desk.stats.volume,
    0,
    0,
    0,
    0,
    '0',
    '2',
  ];
  return fields.slice(0, profileFields[profile].book).map(String);
}

function column(side: readonly BookLevel[], of: 'price' | 'quantity'): number[] {
  const values: number[] = [];
  for (let index = 0; index < levels; index += 1) values.push(side[index]?.[of] ?? 0);
  return values;
}
