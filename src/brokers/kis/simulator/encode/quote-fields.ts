import { fieldNames } from './field-list.ts';

/** Names of the fields of each quote block about one or many stocks, in the order of spec Appendix A. */
export const quoteFields = {
  /** inquire-price-2 `output` (A.1b). */
  price2: fieldNames(`
    rprs_mrkt_kor_name new_hgpr_lwpr_cls_code mxpr_llam_cls_code crdt_able_yn stck_mxpr elw_pblc_yn
    prdy_clpr_vrss_oprc_rate crdt_rate marg_rate lwpr_vrss_prpr lwpr_vrss_prpr_sign prdy_clpr_vrss_lwpr_rate stck_lwpr
    hgpr_vrss_prpr hgpr_vrss_prpr_sign prdy_clpr_vrss_hgpr_rate stck_hgpr oprc_vrss_prpr oprc_vrss_prpr_sign
    mang_issu_yn divi_app_cls_code short_over_yn mrkt_warn_cls_code invt_caful_yn stange_runup_yn ssts_hot_yn
    low_current_yn vi_cls_code short_over_cls_code stck_llam new_lstn_cls_name vlnt_deal_cls_name flng_cls_name
    revl_issu_reas_name mrkt_warn_cls_name stck_sdpr bstp_cls_code stck_prdy_clpr insn_pbnt_yn fcam_mod_cls_name
    stck_prpr prdy_vrss prdy_vrss_sign prdy_ctrt acml_tr_pbmn acml_vol prdy_vrss_vol_rate bstp_kor_isnm sltr_yn trht_yn
    oprc_rang_cont_yn vlnt_fin_cls_code stck_oprc prdy_vol
  `),
  /** inquire-time-itemconclusion `output1` and a row of `output2` (A.2b). */
  timedTradeSummary: fieldNames(`
    stck_prpr prdy_vrss prdy_vrss_sign prdy_ctrt acml_vol prdy_vol rprs_mrkt_kor_name
  `),
  timedTrade: fieldNames(`
    stck_cntg_hour stck_prpr prdy_vrss prdy_vrss_sign prdy_ctrt askp bidp tday_rltv acml_vol cnqn
  `),
  /** inquire-investor `output` row (A.5b). */
  investor: fieldNames(`
    stck_bsop_date stck_clpr prdy_vrss prdy_vrss_sign prsn_ntby_qty frgn_ntby_qty orgn_ntby_qty prsn_ntby_tr_pbmn
    frgn_ntby_tr_pbmn orgn_ntby_tr_pbmn prsn_shnu_vol frgn_shnu_vol orgn_shnu_vol prsn_shnu_tr_pbmn frgn_shnu_tr_pbmn
    orgn_shnu_tr_pbmn prsn_seln_vol frgn_seln_vol orgn_seln_vol prsn_seln_tr_pbmn frgn_seln_tr_pbmn orgn_seln_tr_pbmn
  `),
  /** inquire-member `output`: the names of H0STMBC0 as the REST answer spells them. */
  member: fieldNames(`
    seln_mbcr_no{1..5} seln_mbcr_name{1..5} total_seln_qty{1..5} seln_mbcr_rlim{1..5} seln_qty_icdc{1..5}
    shnu_mbcr_no{1..5} shnu_mbcr_name{1..5} total_shnu_qty{1..5} shnu_mbcr_rlim{1..5} shnu_qty_icdc{1..5}
    glob_total_seln_qty glob_seln_rlim glob_ntby_qty glob_total_shnu_qty glob_shnu_rlim seln_mbcr_glob_yn_{1..5}
    shnu_mbcr_glob_yn_{1..5} glob_total_seln_qty_icdc glob_total_shnu_qty_icdc
  `),
  /** intstock-multprice `output` row (A.13d). */
  multiPrice: fieldNames(`
    kospi_kosdaq_cls_name mrkt_trtm_cls_name hour_cls_code inter_shrn_iscd inter_kor_isnm inter2_prpr inter2_prdy_vrss
    prdy_vrss_sign prdy_ctrt acml_vol inter2_oprc inter2_hgpr inter2_lwpr inter2_llam inter2_mxpr inter2_askp
    inter2_bidp seln_rsqn shnu_rsqn total_askp_rsqn total_bidp_rsqn acml_tr_pbmn inter2_prdy_clpr oprc_vrss_hgpr_rate
    intr_antc_cntg_vrss intr_antc_cntg_vrss_sign intr_antc_cntg_prdy_ctrt intr_antc_vol inter2_sdpr
  `),
  /** volume-rank, fluctuation and market-cap `output` rows (A.13 to A.13c). */
  volumeRank: fieldNames(`
    hts_kor_isnm mksc_shrn_iscd data_rank stck_prpr prdy_vrss_sign prdy_vrss prdy_ctrt acml_vol prdy_vol lstn_stcn
    avrg_vol n_befr_clpr_vrss_prpr_rate vol_inrt vol_tnrt nday_vol_tnrt avrg_tr_pbmn tr_pbmn_tnrt nday_tr_pbmn_tnrt
    acml_tr_pbmn
  `),
  changeRank: fieldNames(`
    stck_shrn_iscd data_rank hts_kor_isnm stck_prpr prdy_vrss prdy_vrss_sign prdy_ctrt acml_vol stck_hgpr hgpr_hour
    acml_hgpr_date stck_lwpr lwpr_hour acml_lwpr_date lwpr_vrss_prpr_rate dsgt_date_clpr_vrss_prpr_rate cnnt_ascn_dynu
    hgpr_vrss_prpr_rate cnnt_down_dynu oprc_vrss_prpr_sign oprc_vrss_prpr oprc_vrss_prpr_rate prd_rsfl prd_rsfl_rate
  `),
  marketCapRank: fieldNames(`
    mksc_shrn_iscd data_rank hts_kor_isnm stck_prpr prdy_vrss prdy_vrss_sign prdy_ctrt acml_vol lstn_stcn stck_avls
    mrkt_whol_avls_rlim
  `),
  /** inquire-vi-status `output` row (A.11c). */
  interruption: fieldNames(`
    hts_kor_isnm mksc_shrn_iscd vi_cls_code bsop_date cntg_vi_hour vi_cncl_hour vi_kind_code vi_prc vi_stnd_prc vi_dprt
    vi_dmc_stnd_prc vi_dmc_dprt vi_count
  `),
  /** etfetn inquire-price `output` (A.14). */
  etfPrice: fieldNames(`
    stck_prpr prdy_vrss_sign prdy_vrss prdy_ctrt acml_vol prdy_vol stck_mxpr stck_llam stck_prdy_clpr stck_oprc
    prdy_clpr_vrss_oprc_rate stck_hgpr prdy_clpr_vrss_hgpr_rate stck_lwpr prdy_clpr_vrss_lwpr_rate prdy_last_nav nav
    nav_prdy_vrss nav_prdy_vrss_sign nav_prdy_ctrt trc_errt stck_sdpr stck_sspr etf_crcl_stcn etf_ntas_ttam
    etf_frcr_ntas_ttam frgn_limt_rate frgn_oder_able_qty etf_cu_unit_scrt_cnt etf_cnfg_issu_cnt etf_dvdn_cycl crcd
    etf_crcl_ntas_ttam etf_frcr_crcl_ntas_ttam etf_frcr_last_ntas_wrth_val lp_oder_able_cls_code stck_dryy_hgpr
    dryy_hgpr_vrss_prpr_rate dryy_hgpr_date stck_dryy_lwpr dryy_lwpr_vrss_prpr_rate dryy_lwpr_date bstp_kor_isnm
    vi_cls_code lstn_stcn frgn_hldn_qty frgn_hldn_qty_rate etf_trc_ert_mltp dprt mbcr_name stck_lstn_date mtrt_date
    shrg_type_code lp_hldn_rate etf_trgt_nmix_bstp_code etf_div_name etf_rprs_bstp_kor_isnm lp_hldn_vol
  `),
  /** market-time `output1` (A.11b). */
  marketTime: fieldNames(`date{1..5} today time s_time e_time`),
} as const;
