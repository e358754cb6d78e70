/**
 * The fields we read of account inquiries, under KIS's own names; those of balance and daily list stand with the other
 * wire names.
 *
 * @see spec §5.5 and appendix A.6b to A.9c
 */
export const workingOrderFields = [
  'odno',
  'orgn_odno',
  'ord_gno_brno',
  'sll_buy_dvsn_cd',
  'pdno',
  'ord_qty',
  'ord_unpr',
  'ord_tmd',
  'tot_ccld_qty',
  'psbl_qty',
] as const;

export const sellableFields = ['pdno', 'cblc_qty', 'ord_psbl_qty', 'pchs_avg_pric', 'now_pric'] as const;

export const realisedTotalFields = [
  'dnca_tot_amt',
  'prvs_rcdl_excc_amt',
  'nass_amt',
  'rlzt_pfls',
  'rlzt_erng_rt',
  'real_evlu_pfls',
  'real_evlu_pfls_erng_rt',
] as const;

export const profitOfDayFields = [
  'trad_dt',
  'buy_amt',
  'sll_amt',
  'buy_qty1',
  'sll_qty1',
  'rlzt_pfls',
  'fee',
  'tl_tax',
  'loan_int',
] as const;

export const profitOfTradeFields = [
  'trad_dt',
  'pdno',
  'prdt_name',
  'hldg_qty',
  'pchs_unpr',
  'buy_qty',
  'buy_amt',
  'sll_pric',
  'sll_qty',
  'sll_amt',
  'rlzt_pfls',
  'fee',
  'tl_tax',
  'loan_int',
] as const;

/** Both lists of profits carry their sums under these names. */
export const profitTotalFields = ['tot_rlzt_pfls', 'tot_fee', 'tot_tltx'] as const;

export const assetFields = [
  'tot_asst_amt',
  'nass_tot_amt',
  'tot_dncl_amt',
  'pchs_amt_smtl',
  'evlu_amt_smtl',
  'evlu_pfls_amt_smtl',
  'loan_amt_smtl',
] as const;

export const assetClassFields = ['pchs_amt', 'evlu_amt', 'evlu_pfls_amt', 'real_nass_amt', 'whol_weit_rt'] as const;

export const reservationFields = [
  'rsvn_ord_seq',
  'rsvn_ord_ord_dt',
  'pdno',
  'sll_buy_dvsn_cd',
  'ord_dvsn_cd',
  'ord_rsvn_qty',
  'ord_rsvn_unpr',
  'tot_ccld_qty',
  'cncl_ord_dt',
  'odno',
  'prcs_rslt',
  'rjct_rson2',
  'rsvn_end_dt',
] as const;
