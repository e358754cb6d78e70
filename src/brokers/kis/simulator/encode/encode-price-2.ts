import type { Bar } from '#domain/bar.ts';
import { priceLimits } from '#markets/price-limits.ts';

import { encodeBlock } from './encode-block.ts';
import { pointSign } from './encode-index-record.ts';
import { changeFields } from './encode-price.ts';
import { isInterrupted, type QuoteDesk } from './quote-desk.ts';
import { percentText } from './text-fields.ts';

const flags = {
  crdt_able_yn: 'Y',
  elw_pblc_yn: 'N',
  mang_issu_yn: 'N',
  short_over_yn: 'N',
  mrkt_warn_cls_code: '00',
  invt_caful_yn: 'N',
  stange_runup_yn: 'N',
  ssts_hot_yn: 'N',
  low_current_yn: 'N',
  insn_pbnt_yn: 'N',
  sltr_yn: 'N',
  oprc_rang_cont_yn: 'N',
};

/** Block of `inquire-price-2`. @see spec A.1b */
export function encodePrice2(desk: QuoteDesk, previous: Bar | null, date: Temporal.PlainDate): Record<string, string> {
  const { instrument, stats, basePrice } = desk;
  const { lower, upper } = priceLimits(instrument, basePrice, date);
  const limit = stats.last >= upper ? '1' : stats.last <= lower ? '2' : '0';
  return encodeBlock('price2', {
    ...changeFields(desk, stats.last, date),
    ...against('oprc', stats.open, desk),
    ...against('hgpr', stats.high, desk),
    ...against('lwpr', stats.low, desk),
    ...flags,
    rprs_mrkt_kor_name: instrument.market === 'KOSPI' ? 'KOSPI200' : instrument.market,
    bstp_kor_isnm: instrument.kind === 'stock' ? '가상업종' : instrument.kind.toUpperCase(),
    mxpr_llam_cls_code: limit,
    stck_mxpr: upper,
    stck_llam: lower,
    crdt_rate: '0.00',
    marg_rate: '20.00',
    trht_yn: desk.isHalted ? 'Y' : 'N',
    vi_cls_code: isInterrupted(desk) ? 'Y' : 'N',
    stck_sdpr: basePrice,
    stck_prdy_clpr: basePrice,
    stck_prpr: stats.last,
    acml_tr_pbmn: stats.value,
    acml_vol: stats.volume,
    prdy_vol: previous?.volume ?? 0,
    prdy_vrss_vol_rate: percentText(stats.volume, previous?.volume ?? 0),
  });
}

/** How the price stands to the open, high or low, and how that stands to the previous close. */
function against(name: 'oprc' | 'hgpr' | 'lwpr', level: number, desk: QuoteDesk): Record<string, string | number> {
  const reached = level === 0 ? desk.basePrice : level;
  const change = desk.stats.last - reached;
  return {
    [`stck_${name}`]: reached,
    [`${name}_vrss_prpr`]: change,
    [`${name}_vrss_prpr_sign`]: pointSign(change),
    [`prdy_clpr_vrss_${name}_rate`]: percentText(reached - desk.basePrice, desk.basePrice),
  };
}
