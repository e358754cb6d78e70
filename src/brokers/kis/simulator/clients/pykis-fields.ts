import { date, decimal, exchangeCode, int, oneOf, text, time, truth, type Conversion } from './pykis-judge.ts';

type Fields = Readonly<Record<string, Conversion>>;

const sign = oneOf('1', '2', '3', '4', '5');

/** All of one conversion. */
const all = (conversion: Conversion, names: string): Fields =>
  Object.fromEntries(names.split(' ').map((name) => [name, conversion]));

/** Fields that pykis reads without a fallback, by answer, with what it makes of them. @see spec §10.2 */
export const pykisFields = {
  quote: {
    ...all(decimal, 'stck_prpr acml_tr_pbmn hts_avls prdy_vrss_vol_rate prdy_vrss stck_oprc stck_hgpr stck_lwpr'),
    ...all(decimal, 'stck_mxpr stck_llam stck_sdpr aspr_unit eps bps per pbr w52_hgpr w52_lwpr'),
    ...all(date, 'w52_hgpr_date w52_lwpr_date'),
    ...all(truth, 'temp_stop_yn short_over_yn'),
    stck_shrn_iscd: text,
    acml_vol: int,
    prdy_vrss_sign: sign,
    mrkt_warn_cls_code: oneOf('00', '01', '02', '03'),
  },
  info: {
    ...all(text, 'shtn_pdno std_pdno prdt_abrv_name prdt_name120 prdt_eng_abrv_name prdt_eng_name120'),
    prdt_type_cd: oneOf('300', '301', '302'),
  },
  dailyBar: {
    ...all(decimal, 'stck_oprc stck_clpr stck_hgpr stck_lwpr acml_tr_pbmn prdy_vrss prtt_rate'),
    stck_bsop_date: date,
    acml_vol: int,
    prdy_vrss_sign: sign,
    flng_cls_code: oneOf('00', '01', '02', '03', '04', '05', '06', '99'),
  },
  minuteBar: {
    ...all(decimal, 'stck_prpr stck_oprc stck_hgpr stck_lwpr acml_tr_pbmn'),
    stck_bsop_date: date,
    stck_cntg_hour: time,
    cntg_vol: int,
  },
  book: {
    ...all(decimal, Array.from({ length: 10 }, (_, at) => `askp${at + 1} bidp${at + 1}`).join(' ')),
    ...all(int, Array.from({ length: 10 }, (_, at) => `askp_rsqn${at + 1} bidp_rsqn${at + 1}`).join(' ')),
  },
  holding: { ...all(text, 'pdno prdt_name'), ...all(decimal, 'prpr hldg_qty ord_psbl_qty pchs_amt') },
  deposit: { dnca_tot_amt: decimal },
  buyable: all(decimal, 'psbl_qty_calc_unpr ord_psbl_cash max_buy_qty ord_psbl_frcr_amt_wcrc'),
  order: { KRX_FWDG_ORD_ORGNO: text, ODNO: int, ORD_TMD: time },
  pending: {
    ...all(text, 'pdno sll_buy_dvsn_cd ord_dvsn_cd ord_gno_brno odno'),
    ...all(decimal, 'ord_unpr ord_qty tot_ccld_qty psbl_qty'),
    ord_tmd: time,
  },
  daily: {
    ...all(text, 'pdno ord_gno_brno odno prdt_name sll_buy_dvsn_cd rjct_qty'),
    ...all(decimal, 'avg_prvs ord_unpr ord_qty tot_ccld_qty rmn_qty'),
    ord_dt: date,
    ord_tmd: time,
    excg_dvsn_cd: exchangeCode,
  },
  profit: { ...all(text, 'pdno prdt_name'), ...all(decimal, 'pchs_unpr sll_pric sll_amt sll_qty'), trad_dt: date },
} as const satisfies Readonly<Record<string, Fields>>;

const at = (conversion: Conversion, ...indexes: readonly number[]): Readonly<Record<number, Conversion>> =>
  Object.fromEntries(indexes.map((index) => [index, conversion]));

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

/** The only websocket layouts that pykis takes. @see spec §7.6 */
export const pykisLayouts = {
  trade: {
    length: 46,
    fields: {
      ...at(decimal, 2, 4, 7, 8, 9, 10, 11, 12, 14),
      ...at(int, 13, 15, 16, 19, 20, 38, 39, 41),
      ...at(time, 1, 24, 27, 30),
      3: sign,
      33: date,
      34: (code: string) => oneOf('1', '2', '3', '4')(code.charAt(0)),
    },
  },
  book: {
    length: 59,
    fields: {
      1: time,
      2: oneOf('0', 'A', 'B', 'C', 'D'),
      ...at(decimal, ...range(3, 23)),
      ...at(int, ...range(23, 43)),
    },
  },
  notice: {
    length: 23,
    fields: {
      1: (account: string) => {
        if (!/^\d{10}$/.test(account)) throw new Error(`"${account}" is no account`);
      },
      ...at(decimal, 9, 10, 16, 22),
      6: oneOf(...'00 01 02 03 04 05 06 07 11 12 13 14 15 16'.split(' ')),
      11: time,
    },
  },
} as const;
