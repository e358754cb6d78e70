import type { Bar } from '#domain/bar.ts';

import { encodeBlock } from './encode-block.ts';
import { pointSign } from './encode-index-record.ts';
import { changeFields, sharesOf } from './encode-price.ts';
import type { QuoteDesk } from './quote-desk.ts';
import { clockText, dateText, percentText } from './text-fields.ts';

interface Ranked {
  /** From 1. */
  readonly rank: number;
  readonly date: Temporal.PlainDate;
}

/** One row of `volume-rank`. Averages are those of one day, the previous one. @see spec A.13 */
export function encodeVolumeRank(
  desk: QuoteDesk,
  { rank, date, previous }: Ranked & { readonly previous: Bar | null },
): Record<string, string> {
  const { instrument, stats, basePrice } = desk;
  const shares = sharesOf(instrument);
  const before = previous?.volume ?? 0;
  const turnover = percentText(stats.volume, shares);
  const valueTurnover = percentText(stats.value, shares * stats.last);
  return encodeBlock('volumeRank', {
    ...changeFields(desk, stats.last, date),
    hts_kor_isnm: instrument.name,
    mksc_shrn_iscd: instrument.symbol,
    data_rank: rank,
    stck_prpr: stats.last,
    acml_vol: stats.volume,
    prdy_vol: before,
    lstn_stcn: shares,
    avrg_vol: stats.volume,
    n_befr_clpr_vrss_prpr_rate: percentText(stats.last - basePrice, basePrice),
    vol_inrt: percentText(stats.volume, before),
    vol_tnrt: turnover,
    nday_vol_tnrt: turnover,
    avrg_tr_pbmn: stats.value,
    tr_pbmn_tnrt: valueTurnover,
    nday_tr_pbmn_tnrt: valueTurnover,
    acml_tr_pbmn: stats.value,
  });
}

/** One row of `fluctuation`. @see spec A.13b */
export function encodeChangeRank(desk: QuoteDesk, rank: number, date: Temporal.PlainDate): Record<string, string> {
  const { instrument, stats, basePrice } = desk;
  const or = (price: number): number => (price === 0 ? basePrice : price);
  const [open, high, low] = [or(stats.open), or(stats.high), or(stats.low)];
  return encodeBlock('changeRank', {
    ...changeFields(desk, stats.last, date),
    stck_shrn_iscd: instrument.symbol,
    data_rank: rank,
    hts_kor_isnm: instrument.name,
    stck_prpr: stats.last,
    acml_vol: stats.volume,
    stck_hgpr: high,
    hgpr_hour: stats.highAt === 0 ? '000000' : clockText(stats.highAt),
    acml_hgpr_date: dateText(date),
    stck_lwpr: low,
    lwpr_hour: stats.lowAt === 0 ? '000000' : clockText(stats.lowAt),
    acml_lwpr_date: dateText(date),
    lwpr_vrss_prpr_rate: percentText(stats.last - low, low),
    dsgt_date_clpr_vrss_prpr_rate: percentText(stats.last - basePrice, basePrice),
    cnnt_ascn_dynu: stats.last > basePrice ? 1 : 0,
    hgpr_vrss_prpr_rate: percentText(stats.last - high, high),
    cnnt_down_dynu: stats.last < basePrice ? 1 : 0,
    oprc_vrss_prpr_sign: pointSign(stats.last - open),
    oprc_vrss_prpr: stats.last - open,
    oprc_vrss_prpr_rate: percentText(stats.last - open, open),
    prd_rsfl: stats.last - basePrice,
    prd_rsfl_rate: percentText(stats.last - basePrice, basePrice),
  });
}

/** One row of `market-cap`; `whole` is the capitalisation of all that is ranked, in won. @see spec A.13c */
export function encodeMarketCapRank(
  desk: QuoteDesk,
  { rank, date, whole }: Ranked & { readonly whole: number },
): Record<string, string> {
  const { instrument, stats } = desk;
  const capitalisation = stats.last * sharesOf(instrument);
  return encodeBlock('marketCapRank', {
    ...changeFields(desk, stats.last, date),
    mksc_shrn_iscd: instrument.symbol,
    data_rank: rank,
    hts_kor_isnm: instrument.name,
    stck_prpr: stats.last,
    acml_vol: stats.volume,
    lstn_stcn: sharesOf(instrument),
    // In 100 million won, cut off.
    stck_avls: Math.floor(capitalisation / 100_000_000),
    mrkt_whol_avls_rlim: percentText(capitalisation, whole),
  });
}
