import type { Bar } from '#domain/bar.ts';
import { priceLimits } from '#markets/price-limits.ts';

import { rangeOf } from '../venue/floor/day-bars.ts';
import { encodeBlock } from './encode-block.ts';
import { pointSign } from './encode-index-record.ts';
import { changeFields, sharesOf } from './encode-price.ts';
import { deviationText, navOf } from './etf-nav.ts';
import { isInterrupted, type QuoteDesk } from './quote-desk.ts';
import { percentText } from './text-fields.ts';

interface EtfPast {
  readonly previous: Bar | null;
  /** Day bars of the last year. */
  readonly year: readonly Bar[];
  readonly date: Temporal.PlainDate;
}

/** Block of the ETF `inquire-price`. The value behind a share is simulated, see `navOf`. @see spec A.14 */
export function encodeEtfPrice(desk: QuoteDesk, { previous, year, date }: EtfPast): Record<string, string> {
  const { instrument, stats, basePrice } = desk;
  const { lower, upper } = priceLimits(instrument, basePrice, date);
  const shares = sharesOf(instrument);
  return encodeBlock('etfPrice', {
    ...changeFields(desk, stats.last, date),
    ...navFields(desk),
    ...levelFields(desk),
    ...yearFields(year, stats.last),
    stck_prpr: stats.last,
    acml_vol: stats.volume,
    prdy_vol: previous?.volume ?? 0,
    stck_mxpr: upper,
    stck_llam: lower,
    stck_prdy_clpr: basePrice,
    stck_sdpr: basePrice,
    stck_sspr: Math.floor(basePrice * 0.7),
    etf_crcl_stcn: shares,
    etf_cu_unit_scrt_cnt: 50_000,
    crcd: 'KRW',
    frgn_limt_rate: '0.00',
    vi_cls_code: isInterrupted(desk) ? 'Y' : 'N',
    lstn_stcn: shares,
    etf_trc_ert_mltp: instrument.leverage.toFixed(6),
    bstp_kor_isnm: instrument.kind.toUpperCase(),
    etf_div_name: '가상 지수형',
  });
}

function navFields({ instrument, stats, basePrice }: QuoteDesk): Record<string, string | number> {
  const before = navOf(instrument.symbol, basePrice);
  const nav = navOf(instrument.symbol, stats.last);
  // In 100 million won, cut off.
  const total = Math.floor((nav * sharesOf(instrument)) / 100_000_000);
  return {
    prdy_last_nav: before.toFixed(2),
    nav: nav.toFixed(2),
    nav_prdy_vrss: (nav - before).toFixed(2),
    nav_prdy_vrss_sign: pointSign(nav - before),
    nav_prdy_ctrt: percentText(nav - before, before),
    trc_errt: '0.10',
    dprt: deviationText(stats.last, nav),
    etf_ntas_ttam: total,
    etf_crcl_ntas_ttam: total,
  };
}

function levelFields({ stats, basePrice }: QuoteDesk): Record<string, string | number> {
  const fields: Record<string, string | number> = {};
  const levels = { oprc: stats.open, hgpr: stats.high, lwpr: stats.low };
  for (const [name, level] of Object.entries(levels)) {
    const reached = level === 0 ? basePrice : level;
    fields[`stck_${name}`] = reached;
    fields[`prdy_clpr_vrss_${name}_rate`] = percentText(reached - basePrice, basePrice);
  }
  return fields;
}

function yearFields(year: readonly Bar[], last: number): Record<string, string | number> {
  const range = rangeOf(year);
  if (range === null) return {};
  const { high, low } = range;
  return {
    stck_dryy_hgpr: high.high,
    dryy_hgpr_vrss_prpr_rate: percentText(last - high.high, high.high),
    dryy_hgpr_date: high.date,
    stck_dryy_lwpr: low.low,
    dryy_lwpr_vrss_prpr_rate: percentText(last - low.low, low.low),
    dryy_lwpr_date: low.date,
  };
}
