/**
 * The fields we read, under KIS's own names. Every value on the wire is a string; a message that lacks one of these,
 * or carries something else than a string there, is not believed.
 *
 * @see spec appendix A (REST) and B (websocket field order)
 */
export const priceFields = [
  'stck_prpr',
  'stck_oprc',
  'stck_hgpr',
  'stck_lwpr',
  'stck_mxpr',
  'stck_llam',
  'stck_sdpr',
  'acml_vol',
] as const;

export const dailyBarFields = [
  'stck_bsop_date',
  'stck_oprc',
  'stck_hgpr',
  'stck_lwpr',
  'stck_clpr',
  'acml_vol',
] as const;

export const minuteBarFields = [
  'stck_bsop_date',
  'stck_cntg_hour',
  'stck_prpr',
  'stck_oprc',
  'stck_hgpr',
  'stck_lwpr',
  'cntg_vol',
] as const;

/** Of the summary block beside both charts; the only answers of the core set that carry the name of a stock. */
export const chartNameFields = ['hts_kor_isnm'] as const;

export const holdingFields = ['pdno', 'hldg_qty', 'pchs_amt'] as const;

export const balanceTotalFields = ['dnca_tot_amt', 'prvs_rcdl_excc_amt', 'nass_amt'] as const;

export const buyableFields = ['nrcvb_buy_amt', 'nrcvb_buy_qty'] as const;

export const dailyOrderFields = [
  'ord_dt',
  'ord_tmd',
  'odno',
  'orgn_odno',
  'ord_gno_brno',
  'sll_buy_dvsn_cd',
  'pdno',
  'ord_qty',
  'ord_unpr',
  'tot_ccld_qty',
  'rmn_qty',
  'rjct_qty',
  'cncl_yn',
  'avg_prvs',
] as const;

/** The one block with upper-case names. */
export const placedFields = ['ODNO', 'KRX_FWDG_ORD_ORGNO'] as const;

/** Of a reservation: the only thing in its answer. */
export const reservedFields = ['RSVN_ORD_SEQ'] as const;

/** Positions in a record of H0STCNT0, and how many a record has at the least (46; 47 since 2026-09-14). */
export const tradeRecord = {
  fieldsMin: 46,
  symbol: 0,
  time: 1,
  price: 2,
  high: 8,
  low: 9,
  quantity: 12,
  volumeOfDay: 13,
  date: 33,
} as const;

/** Positions in a record of H0STASP0 (59; 60 since 2026-09-14). Prices and quantities are ten in a row, best first. */
export const bookRecord = {
  fieldsMin: 59,
  symbol: 0,
  time: 1,
  askPrices: 3,
  bidPrices: 13,
  askQuantities: 23,
  bidQuantities: 33,
  levels: 10,
} as const;

/** Positions in a notice of H0STCNI0 or H0STCNI9 that its 23-field (before 2025) and 26-field forms share. */
export const noticeRecord = {
  fieldsMin: 23,
  account: 1,
  orderNumber: 2,
  originalNumber: 3,
  side: 4,
  change: 5,
  symbol: 8,
  quantity: 9,
  price: 10,
  time: 11,
  isRefused: 12,
  isFill: 13,
  acceptance: 14,
  branch: 15,
} as const;
