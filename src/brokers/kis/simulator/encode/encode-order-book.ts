import type { BookLevel } from '#domain/market-data.ts';

import { encodeBlock } from './encode-block.ts';
import { changeFields } from './encode-price.ts';
import { isInterrupted, type QuoteDesk } from './quote-desk.ts';
import { operationCodes, type DayPart } from './session-code.ts';
import { changeSign, clockText, percentText } from './text-fields.ts';

const levels = 10;

/** `output1` of `inquire-asking-price-exp-ccn`; level 1 is the best price on both sides. @see spec A.5 */
export function encodeOrderBook(desk: QuoteDesk, at: Temporal.Instant, part: DayPart): Record<string, string> {
  const { asks, bids } = desk.book.depth(levels, at);
  const offHours = desk.offHours?.depth(levels, at) ?? null;
  return encodeBlock('orderBook', {
    aspr_acpt_hour: clockText(at.epochMilliseconds),
    ...sideFields('askp', asks),
    ...sideFields('bidp', bids),
    total_askp_rsqn: totalOf(asks),
    total_bidp_rsqn: totalOf(bids),
    ovtm_total_askp_rsqn: totalOf(offHours?.asks ?? []),
    ovtm_total_bidp_rsqn: totalOf(offHours?.bids ?? []),
    ntby_aspr_rsqn: totalOf(bids) - totalOf(asks),
    new_mkop_cls_code: operationCodes[part],
  });
}

/** `ANTC_MKOP_CLS_CODE` while an auction collects: expected prices of the open or of the close have begun. @see spec §7.7 */
const expectedCodes: Readonly<Record<DayPart, string>> = { pre: '311', regular: '121', after: '121', closed: '121' };

/** `output2` of the same call: what an auction would print now. */
export function encodeExpected(desk: QuoteDesk, date: Temporal.PlainDate, part: DayPart): Record<string, string> {
  const { stats, basePrice, instrument } = desk;
  const expected = desk.book.indicative();
  const price = expected?.price ?? 0;
  const change = price === 0 ? 0 : price - basePrice;
  const { prdy_vrss_sign: sign } = changeFields(desk, price === 0 ? basePrice : price, date);
  return encodeBlock('expected', {
    antc_mkop_cls_code: expected === null ? '112' : expectedCodes[part],
    stck_prpr: stats.last,
    stck_oprc: stats.open,
    stck_hgpr: stats.high,
    stck_lwpr: stats.low,
    stck_sdpr: basePrice,
    antc_cnpr: price,
    antc_cntg_vrss_sign: sign ?? changeSign(0, 0, { lower: 0, upper: 0 }),
    antc_cntg_vrss: change,
    antc_cntg_prdy_ctrt: percentText(change, basePrice),
    antc_vol: expected?.quantity ?? 0,
    stck_shrn_iscd: instrument.symbol,
    vi_cls_code: isInterrupted(desk) ? 'Y' : 'N',
  });
}

/** Shares of all given levels. */
export function totalOf(side: readonly BookLevel[]): number {
  let total = 0;
  for (const level of side) total += level.quantity;
  return total;
}

function sideFields(name: 'askp' | 'bidp', side: readonly BookLevel[]): Record<string, number> {
  const fields: Record<string, number> = {};
  for (let index = 0; index < levels; index += 1) {
    fields[`${name}${index + 1}`] = side[index]?.price ?? 0;
    fields[`${name}_rsqn${index + 1}`] = side[index]?.quantity ?? 0;
  }
  return fields;
}
