import { priceLimits } from '#markets/price-limits.ts';

import { encodeBlock } from './encode-block.ts';
import { totalOf } from './encode-order-book.ts';
import { changeFields } from './encode-price.ts';
import type { QuoteDesk } from './quote-desk.ts';
import { percentText } from './text-fields.ts';

/** One row of `intstock-multprice`. @see spec A.13d */
export function encodeMultiPrice(
  desk: QuoteDesk,
  at: Temporal.Instant,
  date: Temporal.PlainDate,
): Record<string, string> {
  const { instrument, stats, basePrice } = desk;
  const { lower, upper } = priceLimits(instrument, basePrice, date);
  const { asks, bids } = desk.book.depth(10, at);
  const { prdy_vrss: change = 0, ...signs } = changeFields(desk, stats.last, date);
  return encodeBlock('multiPrice', {
    ...signs,
    ...expectedFields(desk, date),
    kospi_kosdaq_cls_name: instrument.market,
    hour_cls_code: '0',
    inter_shrn_iscd: instrument.symbol,
    inter_kor_isnm: instrument.name,
    inter2_prpr: stats.last,
    inter2_prdy_vrss: change,
    acml_vol: stats.volume,
    inter2_oprc: stats.open,
    inter2_hgpr: stats.high,
    inter2_lwpr: stats.low,
    inter2_llam: lower,
    inter2_mxpr: upper,
    inter2_askp: asks[0]?.price ?? 0,
    inter2_bidp: bids[0]?.price ?? 0,
    seln_rsqn: asks[0]?.quantity ?? 0,
    shnu_rsqn: bids[0]?.quantity ?? 0,
    total_askp_rsqn: totalOf(asks),
    total_bidp_rsqn: totalOf(bids),
    acml_tr_pbmn: stats.value,
    inter2_prdy_clpr: basePrice,
    oprc_vrss_hgpr_rate: percentText(stats.high - stats.open, stats.open),
    inter2_sdpr: basePrice,
  });
}

/** What an auction would print; zeros outside one. */
function expectedFields(desk: QuoteDesk, date: Temporal.PlainDate): Record<string, string | number> {
  const expected = desk.book.indicative();
  if (expected === null) return { intr_antc_cntg_vrss_sign: '3' };
  const fields = changeFields(desk, expected.price, date);
  return {
    intr_antc_cntg_vrss: fields['prdy_vrss'] ?? 0,
    intr_antc_cntg_vrss_sign: fields['prdy_vrss_sign'] ?? '3',
    intr_antc_cntg_prdy_ctrt: fields['prdy_ctrt'] ?? '0.00',
    intr_antc_vol: expected.quantity,
  };
}
