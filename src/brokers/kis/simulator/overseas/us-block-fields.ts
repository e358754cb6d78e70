/**
 * Names of the fields of each overseas block; `*` marks text, which is empty when there is nothing to say, and the rest
 * are numbers.
 *
 * @see spec appendix A.15 to A.16e; `product`, `settlementDay`, `profitRow` and `profitTotals` are not there and follow
 * the portal's documents of CTPF1702R, CTOS5011R and TTTS3039R
 */
export const usBlockFields = {
  price: fields('rsym* zdiv base pvol last sign* diff rate tvol tamt ordy*'),
  priceDetail: fields(`
    rsym* pvol open high low last base tomv pamt uplp dnlp h52p h52d* l52p l52d* perx pbrx epsx bpsx shar mcap curr*
    zdiv vnit t_xprc t_xdif t_xrat p_xprc p_xdif p_xrat t_rate p_rate t_xsgn* p_xsng* e_ordyn* e_hogau e_icod* e_parp
    tvol tamt etyp_nm*
  `),
  bookSummary: fields(
    'rsym* zdiv curr* base open high low last dymd* dhms* bvol avol bdvl advl code* ropen rhigh rlow rclose',
  ),
  barSummary: fields('rsym* zdiv nrec'),
  bar: fields('xymd* clos sign* diff rate open high low tvol tamt pbid vbid pask vask'),
  minuteSummary: fields('rsym* zdiv stim* etim* sktm* ektm* next* more* nrec'),
  minute: fields('tymd* xymd* xhms* kymd* khms* open high low last evol eamt'),
  product: fields(`
    std_pdno* prdt_eng_name* natn_cd* natn_name* tr_mket_cd* tr_mket_name* ovrs_excg_cd* ovrs_excg_name* tr_crcy_cd*
    ovrs_papr crcy_name* ovrs_stck_dvsn_cd* prdt_clsf_cd* prdt_clsf_name* sll_unit_qty buy_unit_qty tr_unit_amt
    lstg_stck_num lstg_dt* ovrs_stck_tr_stop_dvsn_cd* lstg_abol_item_yn* ovrs_now_pric1 prdt_name*
  `),
  settlementDay: fields(`
    prdt_type_cd* tr_natn_cd* tr_natn_name* natn_eng_abrv_cd* tr_mket_cd* tr_mket_name* acpl_sttl_dt* dmst_sttl_dt*
  `),
  holding: fields(`
    cano* acnt_prdt_cd* prdt_type_cd* ovrs_pdno* ovrs_item_name* frcr_evlu_pfls_amt evlu_pfls_rt pchs_avg_pric
    ovrs_cblc_qty ord_psbl_qty frcr_pchs_amt1 ovrs_stck_evlu_amt now_pric2 tr_crcy_cd* ovrs_excg_cd* loan_type_cd*
    loan_dt* expd_dt*
  `),
  balanceTotals: fields(`
    frcr_pchs_amt1 ovrs_rlzt_pfls_amt ovrs_tot_pfls rlzt_erng_rt tot_evlu_pfls_amt tot_pftrt frcr_buy_amt_smtl1
    ovrs_rlzt_pfls_amt2 frcr_buy_amt_smtl2
  `),
  workingOrder: fields(`
    ord_dt* ord_gno_brno* odno* orgn_odno* pdno* prdt_name* sll_buy_dvsn_cd* sll_buy_dvsn_cd_name* rvse_cncl_dvsn_cd*
    rvse_cncl_dvsn_cd_name* rjct_rson* rjct_rson_name* ord_tmd* tr_mket_name* tr_crcy_cd* natn_cd* natn_kor_name*
    ft_ord_qty ft_ccld_qty nccs_qty ft_ord_unpr3 ft_ccld_unpr3 ft_ccld_amt3 ovrs_excg_cd* prcs_stat_name*
    loan_type_cd* loan_dt* usa_amk_exts_rqst_yn* splt_buy_attr_name*
  `),
  order: fields(`
    ord_dt* ord_gno_brno* odno* orgn_odno* sll_buy_dvsn_cd* sll_buy_dvsn_cd_name* rvse_cncl_dvsn* rvse_cncl_dvsn_name*
    pdno* prdt_name* ft_ord_qty ft_ord_unpr3 ft_ccld_qty ft_ccld_unpr3 ft_ccld_amt3 nccs_qty prcs_stat_name* rjct_rson*
    rjct_rson_name* ord_tmd* tr_mket_name* tr_natn* tr_natn_name* ovrs_excg_cd* tr_crcy_cd* dmst_ord_dt* thco_ord_tmd*
    loan_type_cd* loan_dt* mdia_dvsn_name* usa_amk_exts_rqst_yn* splt_buy_attr_name*
  `),
  presentHolding: fields(`
    prdt_name* cblc_qty13 thdt_buy_ccld_qty1 thdt_sll_ccld_qty1 ccld_qty_smtl1 ord_psbl_qty1 frcr_pchs_amt
    frcr_evlu_amt2 evlu_pfls_amt2 evlu_pfls_rt1 pdno* bass_exrt buy_crcy_cd* ovrs_now_pric1 avg_unpr3 tr_mket_name*
    natn_kor_name* pchs_rmnd_wcrc_amt thdt_buy_ccld_frcr_amt thdt_sll_ccld_frcr_amt unit_amt std_pdno* prdt_type_cd*
    scts_dvsn_name* loan_rmnd loan_dt* loan_expd_dt* ovrs_excg_cd* item_lnkg_excg_cd*
  `),
  presentCurrency: fields(`
    crcy_cd* crcy_cd_name* frcr_buy_amt_smtl frcr_sll_amt_smtl frcr_dncl_amt_2 frst_bltn_exrt frcr_buy_mgn_amt
    frcr_etc_mgna frcr_drwg_psbl_amt_1 frcr_evlu_amt2 acpl_cstd_crcy_yn* nxdy_frcr_drwg_psbl_amt
  `),
  presentTotals: fields(`
    pchs_amt_smtl evlu_amt_smtl evlu_pfls_amt_smtl dncl_amt cma_evlu_amt tot_dncl_amt etc_mgna wdrw_psbl_tot_amt
    frcr_evlu_tota evlu_erng_rt1 pchs_amt_smtl_amt evlu_amt_smtl_amt tot_evlu_pfls_amt tot_asst_amt buy_mgn_amt
    mgna_tota frcr_use_psbl_amt ustl_sll_amt_smtl ustl_buy_amt_smtl tot_frcr_cblc_smtl tot_loan_amt
  `),
  buyable: fields(`
    tr_crcy_cd* ord_psbl_frcr_amt sll_ruse_psbl_amt ovrs_ord_psbl_amt max_ord_psbl_qty echm_af_ord_psbl_amt
    echm_af_ord_psbl_qty ord_psbl_qty exrt frcr_ord_psbl_amt1 ovrs_max_ord_psbl_qty
  `),
  profitRow: fields(`
    trad_day* ovrs_pdno* ovrs_item_name* slcl_qty pchs_avg_pric frcr_pchs_amt1 avg_sll_unpr frcr_sll_amt_smtl1
    stck_sll_tlex ovrs_rlzt_pfls_amt pftrt exrt ovrs_excg_cd* frst_bltn_exrt
  `),
  profitTotals: fields(`
    stck_sll_amt_smtl stck_buy_amt_smtl smtl_fee1 excc_dfrm_amt ovrs_rlzt_pfls_tot_amt tot_pftrt bass_dt* exrt
  `),
} as const;

export type UsBlockName = keyof typeof usBlockFields;

function fields(names: string): readonly string[] {
  return names.trim().split(/\s+/);
}
