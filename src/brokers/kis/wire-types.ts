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
  askTotal: 43,
  bidTotal: 44,
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

/** Positions in a record of H0STANC0 (45) and its sisters (46): those of a trade, with the auction's price and quantity. */
export const expectedRecord = {
  fieldsMin: 45,
  symbol: 0,
  time: 1,
  price: 2,
  sign: 3,
  quantity: 12,
  date: 33,
} as const;

/** Positions in a record of H0STMKO0 and its sisters (11; live frames may lack the last one). */
export const marketOperationRecord = {
  fieldsMin: 10,
  symbol: 0,
  isHalted: 1,
  haltReason: 2,
  phase: 3,
  expectedPhase: 4,
  randomEnd: 5,
  status: 7,
  isInterrupted: 8,
  isInterruptedAfterHours: 9,
} as const;

/** Positions in a record of H0UPCNT0 (30). */
export const indexRecord = {
  fieldsMin: 30,
  code: 0,
  time: 1,
  value: 2,
  sign: 3,
  change: 4,
  open: 10,
  high: 11,
  low: 12,
  /** Of the differences to open, high and low. */
  signs: [14, 16, 18],
  risers: 23,
  unchanged: 24,
  fallers: 25,
} as const;

/** Positions in a record of HDFSCNT0 (26 on the wire; the official column list forgets the first). */
export const overseasTradeRecord = {
  fieldsMin: 26,
  key: 0,
  symbol: 1,
  decimals: 2,
  koreanDate: 6,
  koreanTime: 7,
  high: 9,
  low: 10,
  price: 11,
  bidQuantity: 17,
  askQuantity: 18,
  quantity: 19,
  volumeOfDay: 20,
} as const;

/** Positions in a record of HDFSASP0: 11 and six for each level, one level (17) or ten (71). */
export const overseasBookRecord = {
  fieldsMin: 17,
  key: 0,
  symbol: 1,
  decimals: 2,
  koreanDate: 5,
  koreanTime: 6,
  levels: 11,
  fieldsOfLevel: 6,
  levelsMax: 10,
  bidPrice: 0,
  askPrice: 1,
  bidQuantity: 2,
  askQuantity: 3,
} as const;

/** Positions in a notice of H0GSCNI0 or H0GSCNI9 that its 21-field (older) and 25-field forms share. */
export const overseasNoticeRecord = {
  fieldsMin: 21,
  account: 1,
  orderNumber: 2,
  originalNumber: 3,
  side: 4,
  change: 5,
  symbol: 7,
  quantity: 8,
  price: 9,
  time: 10,
  isRefused: 11,
  isFill: 12,
  acceptance: 13,
  branch: 14,
  market: 18,
} as const;
