/**
 * Fields of account inquiries beside balance and daily list; `*` marks text.
 *
 * @see spec appendix A.6b, A.8b, A.9 to A.9c and the useful ones of `intgr-margin`
 */
export const accountInquiryFields = {
  realisedExtra: names('rlzt_pfls rlzt_erng_rt real_evlu_pfls real_evlu_pfls_erng_rt'),
  profitOfDay: names('trad_dt* buy_amt sll_amt rlzt_pfls fee loan_int tl_tax pfls_rt sll_qty1 buy_qty1'),
  profitOfDayTotals: names(`
    sll_qty_smtl sll_tr_amt_smtl sll_fee_smtl sll_tltx_smtl sll_excc_amt_smtl buy_qty_smtl buy_tr_amt_smtl buy_fee_smtl
    buy_tax_smtl buy_excc_amt_smtl tot_qty tot_tr_amt tot_fee tot_tltx tot_excc_amt tot_rlzt_pfls loan_int
  `),
  profitOfTrade: names(`
    trad_dt* pdno* prdt_name* trad_dvsn_name* loan_dt* hldg_qty pchs_unpr buy_qty buy_amt sll_pric sll_qty sll_amt
    rlzt_pfls pfls_rt fee tl_tax loan_int
  `),
  profitOfTradeTotals: names(`
    sll_qty_smtl sll_tr_amt_smtl sll_fee_smtl sll_tltx_smtl sll_excc_amt_smtl buyqty_smtl buy_tr_amt_smtl buy_fee_smtl
    buy_tax_smtl buy_excc_amt_smtl tot_qty tot_tr_amt tot_fee tot_tltx tot_excc_amt tot_rlzt_pfls loan_int tot_pftrt
  `),
  assetClass: names('pchs_amt evlu_amt evlu_pfls_amt crdt_lnd_amt real_nass_amt whol_weit_rt'),
  assets: names(`
    pchs_amt_smtl nass_tot_amt loan_amt_smtl evlu_pfls_amt_smtl evlu_amt_smtl tot_asst_amt tot_lnda_tot_ulst_lnda
    cma_auto_loan_amt tot_mgln_amt stln_evlu_amt crdt_fncg_amt ocl_apl_loan_amt pldg_stup_amt frcr_evlu_tota
    tot_dncl_amt cma_evlu_amt dncl_amt tot_sbst_amt thdt_rcvb_amt ovrs_stck_evlu_amt1 ovrs_bond_evlu_amt
    mmf_cma_mgge_loan_amt sbsc_dncl_amt pbst_sbsc_fnds_loan_use_amt etpr_crdt_grnt_loan_amt
  `),
  margin: names(`
    acmga_rt stck_cash_ord_psbl_amt stck_sbst_ord_psbl_amt stck_evlu_ord_psbl_amt rcvb_amt
    stck_cash100_max_ord_psbl_amt stck_itgr_cash100_ord_psbl_amt usd_ord_psbl_amt usd_gnrl_ord_psbl_amt
    usd_itgr_ord_psbl_amt hkd_ord_psbl_amt hkd_gnrl_ord_psbl_amt hkd_itgr_ord_psbl_amt jpy_ord_psbl_amt
    jpy_gnrl_ord_psbl_amt jpy_itgr_ord_psbl_amt cny_ord_psbl_amt cny_gnrl_ord_psbl_amt cny_itgr_ord_psbl_amt
    usd_frst_bltn_exrt
  `),
  reservation: names(`
    rsvn_ord_seq* rsvn_ord_ord_dt* rsvn_ord_rcit_dt* pdno* ord_dvsn_cd* ord_rsvn_qty tot_ccld_qty cncl_ord_dt* ord_tmd*
    ctac_tlno* rjct_rson2* odno* rsvn_ord_rcit_tmd* kor_item_shtn_name* sll_buy_dvsn_cd* ord_rsvn_unpr tot_ccld_amt
    loan_dt* cncl_rcit_tmd* prcs_rslt* ord_dvsn_name* tmnl_mdia_kind_cd* rsvn_end_dt*
  `),
} as const;

function names(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
