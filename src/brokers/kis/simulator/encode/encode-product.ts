import type { Instrument } from '#domain/instrument.ts';

import { encodeBlock } from './encode-block.ts';
import { sharesOf } from './encode-price.ts';
import { dateText } from './text-fields.ts';

/** Block of `search-info`. @see spec §4.3 and A.12 */
export function encodeProduct(instrument: Instrument): Record<string, string> {
  const { symbol, market } = instrument;
  return encodeBlock('product', {
    ...nameFields(instrument),
    prdt_eng_name: englishName(symbol),
    shtn_pdno: symbol,
    prdt_clsf_name: market,
    ivst_prdt_type_cd_name: '주식',
  });
}

/** What `search-stock-info` says about trading beyond the names. */
export interface StockFacts {
  readonly date: Temporal.PlainDate;
  readonly last: number;
  readonly previousClose: number;
  /** NXT trades it. */
  readonly isOnNxt: boolean;
}

/** Won of one share's face. */
const face = 100;

/** Block of `search-stock-info`. Capital and classes are those of an invented company. @see spec A.12b */
export function encodeStockInfo(instrument: Instrument, facts: StockFacts): Record<string, string> {
  const { kind, market, leverage } = instrument;
  const isKosdaq = market === 'KOSDAQ';
  const isStock = kind === 'stock';
  return encodeBlock('stockInfo', {
    ...nameFields(instrument),
    ...fixedFlags,
    prdt_eng_name: englishName(instrument.symbol),
    mket_id_cd: isKosdaq ? 'KSQ' : 'STK',
    scty_grp_id_cd: { stock: 'ST', etf: 'EF', etn: 'EN' }[kind],
    excg_dvsn_cd: isKosdaq ? '03' : '02',
    setl_mmdd: '1231',
    lstg_stqt: sharesOf(instrument),
    lstg_cptl_amt: sharesOf(instrument) * face,
    cpta: sharesOf(instrument) * face,
    papr: isStock ? face : 0,
    issu_pric: isStock ? face : 0,
    kospi200_item_yn: isStock && !isKosdaq ? 'Y' : 'N',
    stck_kind_cd: isStock ? '101' : '000',
    sbst_pric: Math.floor(facts.previousClose * 0.7),
    thdt_clpr: facts.last,
    bfdy_clpr: facts.previousClose,
    clpr_chng_dt: dateText(facts.date),
    ocr_no: '',
    etf_chas_erng_rt_dbnb: isStock ? 0 : leverage,
    cptt_trad_tr_psbl_yn: facts.isOnNxt ? 'Y' : 'N',
  });
}

const fixedFlags = {
  oilf_fund_yn: 'N',
  dpsi_aptm_erlm_yn: 'Y',
  tr_stop_yn: 'N',
  admn_item_yn: 'N',
  crfd_item_yn: 'N',
  elec_scty_yn: 'Y',
  etf_etn_ivst_heed_item_yn: 'N',
  nxt_tr_stop_yn: 'N',
};

function nameFields({ symbol, name }: Instrument): Record<string, string> {
  return {
    pdno: `00000A${symbol}`,
    prdt_type_cd: '300',
    prdt_name: name,
    prdt_name120: name,
    prdt_abrv_name: name,
    prdt_eng_name120: englishName(symbol),
    prdt_eng_abrv_name: englishName(symbol),
    std_pdno: `KR7${symbol}${isinTail(symbol)}`,
  };
}

function englishName(symbol: string): string {
  return `KRX ${symbol}`;
}

/** `00` and the check digit of ISO 6166: letters as two digits, every second digit from the right doubled. */
function isinTail(symbol: string): string {
  const digits = Array.from(`KR7${symbol}00`, (char) => String(Number.parseInt(char, 36))).join('');
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits.at(-1 - index));
    const weighted = index % 2 === 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return `00${(10 - (sum % 10)) % 10}`;
}
