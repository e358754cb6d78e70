import { changeSign, dateText, percentText } from '../encode/text-fields.ts';
import { dollarText } from './encode-us-block.ts';
import { amountOf, signed, usRealtimeSymbol } from './encode-us-quotes.ts';
import { usMoment } from './us-clock-text.ts';
import type { UsListing } from './us-listings.ts';
import type { UsNow } from './us-prices.ts';

/** Digits behind the point in every price. */
const decimals = '4';
const noLimits = { lower: -1, upper: Number.POSITIVE_INFINITY };
/** Shares quoted at the best price; the spread is one cent. */
const levelShares = '100';
const cent = 100;

/** One HDFSCNT0 record, 26 fields. @see spec §7.7 */
export function encodeUsTrade(listing: UsListing, now: UsNow, volume: number, lastVolume: number): readonly string[] {
  const { localDate, localTime, koreanDate, koreanTime } = usMoment(now.at);
  const { last, base, today } = now;
  return [
    usRealtimeSymbol(listing),
    listing.symbol,
    decimals,
    dateText(now.day.date),
    localDate,
    localTime,
    koreanDate,
    koreanTime,
    dollarText(today.open),
    dollarText(today.high),
    dollarText(today.low),
    dollarText(last),
    changeSign(last - base, last, noLimits),
    dollarText(Math.abs(last - base)),
    signed(percentText(last - base, base)),
    dollarText(last - cent),
    dollarText(last + cent),
    levelShares,
    levelShares,
    String(lastVolume),
    String(volume),
    amountOf(volume, last),
    String(Math.floor(volume / 2)),
    String(volume - Math.floor(volume / 2)),
    '100.00',
    now.at < now.day.open || now.at >= now.day.close ? '2' : '1',
  ];
}

/** One HDFSASP0 record with one level, 17 fields, as an account without the paid depth gets. @see spec §7.7 */
export function encodeUsBookRecord(listing: UsListing, now: UsNow): readonly string[] {
  const { localDate, localTime, koreanDate, koreanTime } = usMoment(now.at);
  return [
    usRealtimeSymbol(listing),
    listing.symbol,
    decimals,
    localDate,
    localTime,
    koreanDate,
    koreanTime,
    levelShares,
    levelShares,
    '0',
    '0',
    dollarText(now.last - cent),
    dollarText(now.last + cent),
    levelShares,
    levelShares,
    '0',
    '0',
  ];
}
