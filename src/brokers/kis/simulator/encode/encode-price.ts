import type { Bar } from '#domain/bar.ts';
import type { Instrument } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { priceLimits } from '#markets/price-limits.ts';
import { tickSize } from '#markets/tick-size.ts';

import { rangeOf } from '../venue/floor/day-bars.ts';
import { encodeBlock } from './encode-block.ts';
import { isInterrupted, type QuoteDesk } from './quote-desk.ts';
import { changeSign, percentText } from './text-fields.ts';

/** Shares listed: the same made-up number for every instrument, so that weights are those of the prices. */
export function sharesOf(_instrument: Instrument): number {
  return 100_000_000;
}

/** Price, change and their sign, under the names that nearly every quote block has. */
export function changeFields(
  desk: Pick<QuoteDesk, 'basePrice' | 'instrument'>,
  price: number,
  date: Temporal.PlainDate,
): Record<string, string | number> {
  const change = price - desk.basePrice;
  return {
    prdy_vrss: change,
    prdy_vrss_sign: changeSign(change, price, priceLimits(desk.instrument, desk.basePrice, date)),
    prdy_ctrt: percentText(change, desk.basePrice),
  };
}

/** Block of `inquire-price`. `year` holds the day bars of the last 250 sessions. @see spec A.1 */
export function encodePrice(desk: QuoteDesk, year: readonly Bar[], date: Temporal.PlainDate): Record<string, string> {
  const { instrument, stats, basePrice } = desk;
  const { lower, upper } = priceLimits(instrument, basePrice, date);
  const price = stats.last;
  return encodeBlock('price', {
    ...changeFields(desk, price, date),
    ...rangeFields(year, price),
    ...companyFields(desk),
    iscd_stat_cls_code: '55',
    marg_rate: '20.00',
    rprs_mrkt_kor_name: instrument.market === 'KOSPI' ? 'KOSPI200' : instrument.market,
    bstp_kor_isnm: instrument.kind === 'stock' ? '가상업종' : instrument.kind.toUpperCase(),
    ...flags,
    stck_prpr: price,
    acml_tr_pbmn: stats.value,
    acml_vol: stats.volume,
    prdy_vrss_vol_rate: percentText(stats.volume, year.at(-2)?.volume ?? 0),
    stck_oprc: stats.open === 0 ? basePrice : stats.open,
    stck_hgpr: stats.high === 0 ? basePrice : stats.high,
    stck_lwpr: stats.low === 0 ? basePrice : stats.low,
    stck_mxpr: upper,
    stck_llam: lower,
    stck_sdpr: basePrice,
    wghn_avrg_stck_prc: stats.volume === 0 ? '0.00' : (stats.value / stats.volume).toFixed(2),
    rstc_wdth_prc: upper - basePrice,
    aspr_unit: tickSize(instrument, price, date),
    hts_deal_qty_unit_val: 1,
    lstn_stcn: sharesOf(instrument),
    // In 100 million won, cut off.
    hts_avls: Math.floor((price * sharesOf(instrument)) / 100_000_000),
    temp_stop_yn: desk.isHalted ? 'Y' : 'N',
    vi_cls_code: isInterrupted(desk) ? 'Y' : 'N',
    stck_shrn_iscd: instrument.symbol,
  });
}

const flags = {
  oprc_rang_cont_yn: 'N',
  clpr_rang_cont_yn: 'N',
  crdt_able_yn: 'Y',
  grmn_rate_cls_code: '40',
  elw_pblc_yn: 'N',
  ssts_yn: 'Y',
  fcam_cnnm: '100 원',
  cpfn_cnnm: '100 억',
  ovtm_vi_cls_code: 'N',
  invt_caful_yn: 'N',
  mrkt_warn_cls_code: '00',
  short_over_yn: 'N',
  sltr_yn: 'N',
  mang_issu_cls_code: 'N',
};

/** Ratios of an invented company that earns a twelfth of its base price a share. */
function companyFields({ stats, basePrice, instrument }: QuoteDesk): Record<string, string | number> {
  const earnings = basePrice / 12;
  const book = basePrice * 0.8;
  return {
    stck_fcam: 100,
    cpfn: 100,
    stck_sspr: Math.floor(basePrice * 0.7),
    stac_month: '12',
    per: (stats.last / earnings).toFixed(2),
    pbr: (stats.last / book).toFixed(2),
    eps: earnings.toFixed(2),
    bps: book.toFixed(2),
    vol_tnrt: percentText(stats.volume, sharesOf(instrument)),
    hts_frgn_ehrt: '30.00',
    whol_loan_rmnd_rate: '0.10',
  };
}

function rangeFields(year: readonly Bar[], price: number): Record<string, string | number> {
  const range = rangeOf(year);
  if (range === null) return {};
  const { high, low } = range;
  const highRate = percentText(price - high.high, high.high);
  const lowRate = percentText(price - low.low, low.low);
  return {
    d250_hgpr: high.high,
    d250_hgpr_date: high.date,
    d250_hgpr_vrss_prpr_rate: highRate,
    d250_lwpr: low.low,
    d250_lwpr_date: low.date,
    d250_lwpr_vrss_prpr_rate: lowRate,
    stck_dryy_hgpr: high.high,
    dryy_hgpr_date: high.date,
    dryy_hgpr_vrss_prpr_rate: highRate,
    stck_dryy_lwpr: low.low,
    dryy_lwpr_date: low.date,
    dryy_lwpr_vrss_prpr_rate: lowRate,
    w52_hgpr: high.high,
    w52_hgpr_date: high.date,
    w52_hgpr_vrss_prpr_ctrt: highRate,
    w52_lwpr: low.low,
    w52_lwpr_date: low.date,
    w52_lwpr_vrss_prpr_ctrt: lowRate,
  };
}

/** An answer for a code nobody lists: every number zero, which is how the broker says it. */
export function encodeNoPrice(symbol: string): Record<string, string> {
  return encodeBlock('price', { stck_shrn_iscd: symbol, stck_prpr: won(0), prdy_vrss_sign: '3' });
}
