import { priceLimits } from '#markets/price-limits.ts';

import type { Print } from '../venue/day-stats.ts';
import { totalOf } from './encode-order-book.ts';
import type { Desk } from '../venue/market-floor.ts';
import { changeSign, clockText, dateText, percentText } from './text-fields.ts';
import { profileFields, type WireProfile } from '../socket/wire-profile.ts';

/** What every record of one frame shares. */
export interface RecordContext {
  readonly date: Temporal.PlainDate;
  readonly profile: WireProfile;
}

/**
 * One H0STCNT0 record, 46 or 47 fields. Quantities at the best prices are those after the last trade of the beat.
 *
 * @see spec Appendix B
 */
export function encodeTradeRecord(desk: Desk, print: Print, { date, profile }: RecordContext): readonly string[] {
  const { stats, basePrice, instrument } = desk;
  const limits = priceLimits(instrument, basePrice, date);
  const change = print.price - basePrice;
  const depth = desk.book.depth(10, Temporal.Instant.fromEpochMilliseconds(print.at));
  const fields = [
    instrument.symbol,
    clockText(print.at),
    print.price,
    changeSign(change, print.price, limits),
    change,
    percentText(change, basePrice),
    (print.value / print.volume).toFixed(2),
    stats.open,
    stats.high,
    stats.low,
    depth.asks[0]?.price ?? 0,
    depth.bids[0]?.price ?? 0,
    print.quantity,
    print.volume,
    print.value,
    stats.sellCount,
    stats.buyCount,
    stats.buyCount - stats.sellCount,
    percentText(stats.buyVolume, stats.sellVolume),
    stats.sellVolume,
    stats.buyVolume,
    print.takerSide === 'buy' ? 1 : 5,
    (stats.buyVolume / Math.max(1, stats.buyVolume + stats.sellVolume)).toFixed(2),
    '100.00',
    ...against(stats.openAt, print.price - stats.open),
    ...against(stats.highAt, print.price - stats.high),
    ...against(stats.lowAt, print.price - stats.low),
    dateText(date),
    '20',
    'N',
    depth.asks[0]?.quantity ?? 0,
    depth.bids[0]?.quantity ?? 0,
    totalOf(depth.asks),
    totalOf(depth.bids),
    '0.10',
    print.volume,
    '100.00',
    '0',
    '',
    stats.open,
    '2',
  ];
  return fields.slice(0, profileFields[profile].trade).map(String);
}

/** Time of the open, high or low, and how the price stands to it. */
function against(at: number, change: number): readonly (string | number)[] {
  return [clockText(at), changeSign(change, 0, { lower: -1, upper: Number.POSITIVE_INFINITY }), change];
}
