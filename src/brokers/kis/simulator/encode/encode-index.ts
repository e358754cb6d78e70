import { encodeBlock } from './encode-block.ts';
import { pointSign, pointText } from './encode-index-record.ts';
import type { IndexBar } from './index-bars.ts';
import { millions, thousands, type IndexFigures } from './index-level.ts';
import type { MarketIndex } from './index-table.ts';
import { clockText, percentText } from './text-fields.ts';

/** Block of `inquire-index-price`; `year` holds the day bars since New Year, `waiting` shares in the books. @see spec A.10 */
export function encodeIndexPrice(
  figures: IndexFigures,
  year: readonly IndexBar[],
  waiting: { readonly asks: number; readonly bids: number },
): Record<string, string> {
  const { last, previous, open, high, low } = figures;
  const rate = (level: number): string => percentText(level - previous, previous);
  return encodeBlock('indexPrice', {
    ...changeFields(figures),
    ...yearFields(year, last),
    acml_vol: figures.volume,
    prdy_vol: figures.previousVolume,
    acml_tr_pbmn: figures.value,
    prdy_tr_pbmn: figures.previousValue,
    bstp_nmix_oprc: pointText(open),
    prdy_nmix_vrss_nmix_oprc: pointText(open - previous),
    oprc_vrss_prpr_sign: pointSign(last - open),
    bstp_nmix_oprc_prdy_ctrt: rate(open),
    bstp_nmix_hgpr: pointText(high),
    prdy_nmix_vrss_nmix_hgpr: pointText(high - previous),
    hgpr_vrss_prpr_sign: pointSign(last - high),
    bstp_nmix_hgpr_prdy_ctrt: rate(high),
    bstp_nmix_lwpr: pointText(low),
    prdy_clpr_vrss_lwpr: pointText(low - previous),
    lwpr_vrss_prpr_sign: pointSign(last - low),
    prdy_clpr_vrss_lwpr_rate: rate(low),
    ascn_issu_cnt: figures.rising,
    uplm_issu_cnt: figures.atUpperLimit,
    stnr_issu_cnt: figures.unchanged,
    down_issu_cnt: figures.falling,
    lslm_issu_cnt: figures.atLowerLimit,
    total_askp_rsqn: waiting.asks,
    total_bidp_rsqn: waiting.bids,
    seln_rsqn_rate: percentText(waiting.asks, waiting.asks + waiting.bids),
    shnu_rsqn_rate: percentText(waiting.bids, waiting.asks + waiting.bids),
    ntby_rsqn: waiting.bids - waiting.asks,
  });
}

/** One row of `inquire-index-category-price`; parts are those of `whole`. @see spec A.10d */
export function encodeIndexCategory(
  index: MarketIndex,
  figures: IndexFigures,
  whole: IndexFigures,
): Record<string, string> {
  return encodeBlock('indexCategory', {
    ...changeFields(figures),
    bstp_cls_code: index.code,
    hts_kor_isnm: index.name,
    acml_vol: figures.volume,
    acml_tr_pbmn: figures.value,
    acml_vol_rlim: percentText(figures.volume, whole.volume),
    acml_tr_pbmn_rlim: percentText(figures.value, whole.value),
  });
}

/** `output1` of `inquire-daily-indexchartprice`. @see spec A.10b */
export function encodeIndexChartSummary(index: MarketIndex, figures: IndexFigures): Record<string, string> {
  const { last, previous, open, high, low } = figures;
  return encodeBlock('indexChartSummary', {
    prdy_vrss_sign: pointSign(last - previous),
    bstp_nmix_prdy_ctrt: percentText(last - previous, previous),
    prdy_nmix: pointText(previous),
    acml_vol: figures.volume,
    acml_tr_pbmn: figures.value,
    hts_kor_isnm: index.name,
    bstp_nmix_prpr: pointText(last),
    bstp_cls_code: index.code,
    prdy_vol: figures.previousVolume,
    bstp_nmix_oprc: pointText(open),
    bstp_nmix_hgpr: pointText(high),
    bstp_nmix_lwpr: pointText(low),
  });
}

/** One row of `inquire-daily-indexchartprice`. */
export function encodeIndexDay(bar: IndexBar): Record<string, string> {
  return encodeBlock('indexChart', {
    ...barFields(bar),
    acml_vol: thousands(bar.volume),
    acml_tr_pbmn: millions(bar.value),
    mod_yn: 'N',
  });
}

/** One row of `inquire-time-indexchartprice`; `value` is the won traded on the day up to and with it. @see spec A.10c */
export function encodeIndexMinute(bar: IndexBar, value: number): Record<string, string> {
  return encodeBlock('indexMinute', {
    ...barFields(bar),
    stck_cntg_hour: clockText(bar.startsAtMs),
    cntg_vol: thousands(bar.volume),
    acml_tr_pbmn: millions(value),
  });
}

function barFields(bar: IndexBar): Record<string, string | number> {
  return {
    stck_bsop_date: bar.date,
    bstp_nmix_prpr: pointText(bar.close),
    bstp_nmix_oprc: pointText(bar.open),
    bstp_nmix_hgpr: pointText(bar.high),
    bstp_nmix_lwpr: pointText(bar.low),
  };
}

function changeFields({ last, previous }: IndexFigures): Record<string, string> {
  return {
    bstp_nmix_prpr: pointText(last),
    bstp_nmix_prdy_vrss: pointText(last - previous),
    prdy_vrss_sign: pointSign(last - previous),
    bstp_nmix_prdy_ctrt: percentText(last - previous, previous),
  };
}

function yearFields(year: readonly IndexBar[], last: number): Record<string, string | number> {
  const [first] = year;
  if (first === undefined) return {};
  const high = year.reduce((best, bar) => (bar.high > best.high ? bar : best), first);
  const low = year.reduce((best, bar) => (bar.low < best.low ? bar : best), first);
  return {
    dryy_bstp_nmix_hgpr: pointText(high.high),
    dryy_hgpr_vrss_prpr_rate: percentText(last - high.high, high.high),
    dryy_bstp_nmix_hgpr_date: high.date,
    dryy_bstp_nmix_lwpr: pointText(low.low),
    dryy_lwpr_vrss_prpr_rate: percentText(last - low.low, low.low),
    dryy_bstp_nmix_lwpr_date: low.date,
  };
}
