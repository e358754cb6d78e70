import { fieldNames } from './field-list.ts';
import { indexFields } from './index-fields.ts';
import { productFields } from './product-fields.ts';
import { quoteFields } from './quote-fields.ts';

/**
 * Names of the fields of each answer block, in the order of the broker's documentation (spec Appendix A). Values stand in
 * the encoders; a field an encoder says nothing about is sent as its default.
 */
export const blockFields = {
  /** inquire-price `output`. */
  price: fieldNames(`
    iscd_stat_cls_code marg_rate rprs_mrkt_kor_name new_hgpr_lwpr_cls_code bstp_kor_isnm temp_stop_yn
    oprc_rang_cont_yn clpr_rang_cont_yn crdt_able_yn grmn_rate_cls_code elw_pblc_yn stck_prpr prdy_vrss
    prdy_vrss_sign prdy_ctrt acml_tr_pbmn acml_vol prdy_vrss_vol_rate stck_oprc stck_hgpr stck_lwpr stck_mxpr
    stck_llam stck_sdpr wghn_avrg_stck_prc hts_frgn_ehrt frgn_ntby_qty pgtr_ntby_qty pvt_scnd_dmrs_prc
    pvt_frst_dmrs_prc pvt_pont_val pvt_frst_dmsp_prc pvt_scnd_dmsp_prc dmrs_val dmsp_val cpfn rstc_wdth_prc
    stck_fcam stck_sspr aspr_unit hts_deal_qty_unit_val lstn_stcn hts_avls per pbr stac_month vol_tnrt eps bps
    d250_hgpr d250_hgpr_date d250_hgpr_vrss_prpr_rate d250_lwpr d250_lwpr_date d250_lwpr_vrss_prpr_rate
    stck_dryy_hgpr dryy_hgpr_vrss_prpr_rate dryy_hgpr_date stck_dryy_lwpr dryy_lwpr_vrss_prpr_rate dryy_lwpr_date
    w52_hgpr w52_hgpr_vrss_prpr_ctrt w52_hgpr_date w52_lwpr w52_lwpr_vrss_prpr_ctrt w52_lwpr_date
    whol_loan_rmnd_rate ssts_yn stck_shrn_iscd fcam_cnnm cpfn_cnnm frgn_hldn_qty vi_cls_code ovtm_vi_cls_code
    last_ssts_cntg_qty invt_caful_yn mrkt_warn_cls_code short_over_yn sltr_yn mang_issu_cls_code
  `),
  /** inquire-ccnl `output` row. */
  recentTrade: fieldNames(`
    stck_cntg_hour stck_prpr prdy_vrss prdy_vrss_sign cntg_vol tday_rltv prdy_ctrt
  `),
  /** inquire-daily-price `output` row. */
  dailyPrice: fieldNames(`
    stck_bsop_date stck_oprc stck_hgpr stck_lwpr stck_clpr acml_vol prdy_vrss_vol_rate prdy_vrss prdy_vrss_sign
    prdy_ctrt hts_frgn_ehrt frgn_ntby_qty flng_cls_code acml_prtt_rate
  `),
  /** inquire-daily-itemchartprice `output1`. */
  dailyChartSummary: fieldNames(`
    prdy_vrss prdy_vrss_sign prdy_ctrt stck_prdy_clpr acml_vol acml_tr_pbmn hts_kor_isnm stck_prpr stck_shrn_iscd
    prdy_vol stck_mxpr stck_llam stck_oprc stck_hgpr stck_lwpr stck_prdy_oprc stck_prdy_hgpr stck_prdy_lwpr askp
    bidp prdy_vrss_vol vol_tnrt stck_fcam lstn_stcn cpfn hts_avls per eps pbr itewhol_loan_rmnd_ratem
  `),
  /** inquire-daily-itemchartprice `output2` row. */
  dailyChart: fieldNames(`
    stck_bsop_date stck_clpr stck_oprc stck_hgpr stck_lwpr acml_vol acml_tr_pbmn flng_cls_code prtt_rate mod_yn
    prdy_vrss_sign prdy_vrss revl_issu_reas
  `),
  /** inquire-time-itemchartprice `output1`. */
  minuteChartSummary: fieldNames(`
    prdy_vrss prdy_vrss_sign prdy_ctrt stck_prdy_clpr acml_vol acml_tr_pbmn hts_kor_isnm stck_prpr
  `),
  /** inquire-time-itemchartprice `output2` row. */
  minuteChart: fieldNames(`
    stck_bsop_date stck_cntg_hour stck_prpr stck_oprc stck_hgpr stck_lwpr cntg_vol acml_tr_pbmn
  `),
  /** inquire-asking-price-exp-ccn `output1`. */
  orderBook: fieldNames(`
    aspr_acpt_hour askp1 askp2 askp3 askp4 askp5 askp6 askp7 askp8 askp9 askp10 bidp1 bidp2 bidp3 bidp4 bidp5 bidp6
    bidp7 bidp8 bidp9 bidp10 askp_rsqn1 askp_rsqn2 askp_rsqn3 askp_rsqn4 askp_rsqn5 askp_rsqn6 askp_rsqn7 askp_rsqn8
    askp_rsqn9 askp_rsqn10 bidp_rsqn1 bidp_rsqn2 bidp_rsqn3 bidp_rsqn4 bidp_rsqn5 bidp_rsqn6 bidp_rsqn7 bidp_rsqn8
    bidp_rsqn9 bidp_rsqn10 askp_rsqn_icdc1 askp_rsqn_icdc2 askp_rsqn_icdc3 askp_rsqn_icdc4 askp_rsqn_icdc5
    askp_rsqn_icdc6 askp_rsqn_icdc7 askp_rsqn_icdc8 askp_rsqn_icdc9 askp_rsqn_icdc10 bidp_rsqn_icdc1 bidp_rsqn_icdc2
    bidp_rsqn_icdc3 bidp_rsqn_icdc4 bidp_rsqn_icdc5 bidp_rsqn_icdc6 bidp_rsqn_icdc7 bidp_rsqn_icdc8 bidp_rsqn_icdc9
    bidp_rsqn_icdc10 total_askp_rsqn total_bidp_rsqn total_askp_rsqn_icdc total_bidp_rsqn_icdc ovtm_total_askp_icdc
    ovtm_total_bidp_icdc ovtm_total_askp_rsqn ovtm_total_bidp_rsqn ntby_aspr_rsqn new_mkop_cls_code
  `),
  /** inquire-asking-price-exp-ccn `output2`. */
  expected: fieldNames(`
    antc_mkop_cls_code stck_prpr stck_oprc stck_hgpr stck_lwpr stck_sdpr antc_cnpr antc_cntg_vrss_sign
    antc_cntg_vrss antc_cntg_prdy_ctrt antc_vol stck_shrn_iscd vi_cls_code
  `),
  /** inquire-balance `output1` row. */
  holding: fieldNames(`
    pdno prdt_name trad_dvsn_name bfdy_buy_qty bfdy_sll_qty thdt_buyqty thdt_sll_qty hldg_qty ord_psbl_qty
    pchs_avg_pric pchs_amt prpr evlu_amt evlu_pfls_amt evlu_pfls_rt evlu_erng_rt loan_dt loan_amt stln_slng_chgs
    expd_dt fltt_rt bfdy_cprs_icdc item_mgna_rt_name grta_rt_name sbst_pric stck_loan_unpr
  `),
  /** inquire-balance `output2` row. */
  balance: fieldNames(`
    dnca_tot_amt nxdy_excc_amt prvs_rcdl_excc_amt cma_evlu_amt bfdy_buy_amt thdt_buy_amt nxdy_auto_rdpt_amt
    bfdy_sll_amt thdt_sll_amt d2_auto_rdpt_amt bfdy_tlex_amt thdt_tlex_amt tot_loan_amt scts_evlu_amt tot_evlu_amt
    nass_amt fncg_gld_auto_rdpt_yn pchs_amt_smtl_amt evlu_amt_smtl_amt evlu_pfls_smtl_amt tot_stln_slng_chgs
    bfdy_tot_asst_evlu_amt asst_icdc_amt asst_icdc_erng_rt
  `),
  /** inquire-daily-ccld `output1` row. */
  orderRow: fieldNames(`
    ord_dt ord_gno_brno odno orgn_odno ord_dvsn_name sll_buy_dvsn_cd sll_buy_dvsn_cd_name pdno prdt_name ord_qty
    ord_unpr ord_tmd tot_ccld_qty avg_prvs cncl_yn tot_ccld_amt loan_dt ordr_empno ord_dvsn_cd cncl_cfrm_qty rmn_qty
    rjct_qty ccld_cndt_name inqr_ip_addr cpbc_ordp_ord_rcit_dvsn_cd cpbc_ordp_infm_mthd_dvsn_cd infm_tmd ctac_tlno
    prdt_type_cd excg_dvsn_cd cpbc_ordp_mtrl_dvsn_cd ord_orgno rsvn_ord_end_dt excg_id_dvsn_cd stpm_cndt_pric
    stpm_efct_occr_dtmd
  `),
  /** inquire-daily-ccld `output2`. */
  orderTotals: fieldNames(`
    tot_ord_qty tot_ccld_qty tot_ccld_amt pchs_avg_pric prsm_tlex_smtl
  `),
  /** inquire-psbl-rvsecncl `output` row. */
  workingOrder: fieldNames(`
    ord_gno_brno odno orgn_odno ord_dvsn_name pdno prdt_name rvse_cncl_dvsn_name ord_qty ord_unpr ord_tmd
    tot_ccld_qty tot_ccld_amt psbl_qty sll_buy_dvsn_cd ord_dvsn_cd mgco_aptm_odno excg_dvsn_cd excg_id_dvsn_cd
    excg_id_dvsn_name stpm_cndt_pric stpm_efct_occr_yn
  `),
  /** chk-holiday `output` row. */
  holiday: fieldNames(`
    bass_dt wday_dvsn_cd bzdy_yn tr_day_yn opnd_yn sttl_day_yn
  `),
  ...quoteFields,
  ...indexFields,
  ...productFields,
} as const;

export type BlockName = keyof typeof blockFields;
