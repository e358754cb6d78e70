import type { BookLevel } from '#domain/market-data.ts';
import { priceLimits } from '#markets/price-limits.ts';

import { totalOf } from './encode-order-book.ts';
import type { RecordContext } from './encode-trade-record.ts';
import { isInterrupted, type QuoteDesk } from './quote-desk.ts';
import { expectedHourCode, marketCodes } from './session-code.ts';
import { changeSign, clockText, percentText } from './text-fields.ts';

const levels = 10;
/** Fields of the record before the newest layout's `MARKET_CLS_CODE`. */
const krxFields = 59;

/** One H0STASP0 record in the newest layout, 60 fields; older profiles cut it off. @see spec Appendix B */
export function encodeBookRecord(desk: QuoteDesk, at: Temporal.Instant, context: RecordContext): readonly string[] {
  const { asks, bids } = desk.book.depth(levels, at);
  const offHours = desk.offHours?.depth(levels, at);
  const fields = [
    desk.instrument.symbol,
    clockText(at.epochMilliseconds),
    desk.book.indicative() === null ? '0' : expectedHourCode(context.part, isInterrupted(desk)),
    ...column(asks, 'price'),
    ...column(bids, 'price'),
    ...column(asks, 'quantity'),
    ...column(bids, 'quantity'),
    totalOf(asks),
    totalOf(bids),
    totalOf(offHours?.asks ?? []),
    totalOf(offHours?.bids ?? []),
    ...expectedFields(desk, context.date),
    desk.stats.volume,
    0,
    0,
    0,
    0,
    '0',
    marketCodes[context.part],
  ];
  return fields.map(String);
}

/** Price, quantity, volume, change, sign and percent of what an auction would print; zeros outside one. */
function expectedFields(desk: QuoteDesk, date: Temporal.PlainDate): readonly (string | number)[] {
  const expected = desk.book.indicative();
  if (expected === null) return [0, 0, 0, 0, '3', '0.00'];
  const { price, quantity } = expected;
  const change = price - desk.basePrice;
  const sign = changeSign(change, price, priceLimits(desk.instrument, desk.basePrice, date));
  return [price, quantity, quantity, change, sign, percentText(change, desk.basePrice)];
}

/** Middle prices of the two boards, as far as they quote. */
export interface MiddlePrices {
  readonly krx: QuoteDesk;
  readonly nxt: QuoteDesk;
}

/**
 * One record of H0NXASP0 (66 fields) or H0UNASP0 (67): that of the KRX, then price, quantity and side of the middle of
 * both boards, on the unified feed the board that expects an auction price, and `MARKET_CLS_CODE`.
 */
export function encodeTwoBoardBookRecord(
  desk: QuoteDesk,
  at: Temporal.Instant,
  options: { readonly context: RecordContext; readonly middles: MiddlePrices; readonly isUnified: boolean },
): readonly string[] {
  const { context, middles, isUnified } = options;
  const own = encodeBookRecord(desk, at, context);
  const middle = [...middleFields(middles.krx, at), ...middleFields(middles.nxt, at)];
  const expects = isUnified ? [middles.krx.book.indicative() === null ? '2' : '1'] : [];
  return [...own.slice(0, krxFields), ...middle, ...expects, marketCodes[context.part]];
}

/** Nobody waits at the middle in this venue: quantity 0 and no side. */
function middleFields(desk: QuoteDesk, at: Temporal.Instant): readonly string[] {
  const { asks, bids } = desk.book.depth(1, at);
  const ask = asks[0]?.price;
  const bid = bids[0]?.price;
  // Rounded down to whole won, as both prices are.
  return [ask === undefined || bid === undefined ? '0' : String(Math.floor((ask + bid) / 2)), '0', '0'];
}

function column(side: readonly BookLevel[], of: 'price' | 'quantity'): number[] {
  const values: number[] = [];
  for (let index = 0; index < levels; index += 1) values.push(side[index]?.[of] ?? 0);
  return values;
}
