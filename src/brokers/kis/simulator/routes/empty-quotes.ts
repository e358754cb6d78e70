/** An operation that this venue has nothing to say to. */
export interface EmptyQuote {
  /** Below `/uapi/`. */
  readonly path: string;
  readonly trId: string;
  readonly onPaper: boolean;
  /** Blocks of its answer: rows, or one object where the name ends in `{}`. */
  readonly blocks: readonly string[];
}

/**
 * Paths, TR ids and paper availability are those of appendix C. The specification does not say which blocks these
 * answers have: the names are those that the official samples read (where samples and documentation differ, both).
 * `paper` marks what the paper host offers, too.
 */
const table = `
domestic-stock/v1/quotations/capture-uplowprice FHKST130000C0 real output
domestic-stock/v1/quotations/comp-interest FHPST07020000 real output1 output2
domestic-stock/v1/quotations/comp-program-trade-daily FHPPG04600001 real output
domestic-stock/v1/quotations/comp-program-trade-today FHPPG04600101 real output output1
domestic-stock/v1/quotations/credit-by-company FHPST04770000 real output
domestic-stock/v1/quotations/daily-credit-balance FHPST04760000 real output
domestic-stock/v1/quotations/daily-loan-trans HHPST074500C0 real output1
domestic-stock/v1/quotations/daily-short-sale FHPST04830000 real output1{} output2
domestic-stock/v1/quotations/estimate-perform HHKST668300C0 real output1{} output2 output3 output4
domestic-stock/v1/quotations/exp-closing-price FHKST117300C0 real output output1
domestic-stock/v1/quotations/exp-index-trend FHPST01840000 real output
domestic-stock/v1/quotations/exp-price-trend FHPST01810000 real output1{} output2
domestic-stock/v1/quotations/exp-total-index FHKUP11750000 real output1{} output2
domestic-stock/v1/quotations/foreign-institution-total FHPTJ04400000 real output
domestic-stock/v1/quotations/frgnmem-pchs-trend FHKST644400C0 real output
domestic-stock/v1/quotations/frgnmem-trade-estimate FHKST644100C0 real output
domestic-stock/v1/quotations/frgnmem-trade-trend FHPST04320000 real output1 output2
domestic-stock/v1/quotations/inquire-daily-overtimeprice FHPST02320000 paper output1{} output2
domestic-stock/v1/quotations/inquire-daily-trade-volume FHKST03010800 real output1{} output2
domestic-stock/v1/quotations/inquire-elw-price FHKEW15010000 paper output{}
domestic-stock/v1/quotations/inquire-index-daily-price FHPUP02120000 real output1{} output2
domestic-stock/v1/quotations/inquire-index-tickprice FHPUP02110100 real output
domestic-stock/v1/quotations/inquire-index-timeprice FHPUP02110200 real output
domestic-stock/v1/quotations/inquire-investor-daily-by-market FHPTJ04040000 real output
domestic-stock/v1/quotations/inquire-investor-time-by-market FHPTJ04030000 real output
domestic-stock/v1/quotations/inquire-member-daily FHPST04540000 real output
domestic-stock/v1/quotations/inquire-overtime-asking-price FHPST02300400 real output{}
domestic-stock/v1/quotations/inquire-overtime-price FHPST02300000 real output{}
domestic-stock/v1/quotations/inquire-time-overtimeconclusion FHPST02310000 paper output1{} output2
domestic-stock/v1/quotations/intstock-grouplist HHKCM113004C7 real output2
domestic-stock/v1/quotations/intstock-stocklist-by-group HHKCM113004C6 real output1{} output2
domestic-stock/v1/quotations/invest-opbysec FHKST663400C0 real output
domestic-stock/v1/quotations/invest-opinion FHKST663300C0 real output
domestic-stock/v1/quotations/investor-program-trade-today HHPPG046600C1 real output1
domestic-stock/v1/quotations/investor-trade-by-stock-daily FHPTJ04160001 real output1{} output2
domestic-stock/v1/quotations/investor-trend-estimate HHPTJ04160200 real output2
domestic-stock/v1/quotations/lendable-by-company CTSC2702R real output1 output2{}
domestic-stock/v1/quotations/mktfunds FHKST649100C0 real output
domestic-stock/v1/quotations/news-title FHKST01011800 real output
domestic-stock/v1/quotations/pbar-tratio FHPST01130000 real output1{} output2
domestic-stock/v1/quotations/program-trade-by-stock FHPPG04650101 real output
domestic-stock/v1/quotations/program-trade-by-stock-daily FHPPG04650201 real output
domestic-stock/v1/quotations/psearch-result HHKST03900400 real output2
domestic-stock/v1/quotations/psearch-title HHKST03900300 real output2
domestic-stock/v1/quotations/tradprt-byamt FHKST111900C0 real output1{} output2
domestic-stock/v1/finance/balance-sheet FHKST66430100 real output
domestic-stock/v1/finance/financial-ratio FHKST66430300 real output
domestic-stock/v1/finance/growth-ratio FHKST66430800 real output
domestic-stock/v1/finance/income-statement FHKST66430200 real output
domestic-stock/v1/finance/other-major-ratios FHKST66430500 real output
domestic-stock/v1/finance/profit-ratio FHKST66430400 real output
domestic-stock/v1/finance/stability-ratio FHKST66430600 real output
domestic-stock/v1/ksdinfo/bonus-issue HHKDB669101C0 real output1
domestic-stock/v1/ksdinfo/cap-dcrs HHKDB669106C0 real output1
domestic-stock/v1/ksdinfo/dividend HHKDB669102C0 real output1
domestic-stock/v1/ksdinfo/forfeit HHKDB669109C0 real output1
domestic-stock/v1/ksdinfo/list-info HHKDB669107C0 real output1
domestic-stock/v1/ksdinfo/mand-deposit HHKDB669110C0 real output1
domestic-stock/v1/ksdinfo/merger-split HHKDB669104C0 real output1
domestic-stock/v1/ksdinfo/paidin-capin HHKDB669100C0 real output1
domestic-stock/v1/ksdinfo/pub-offer HHKDB669108C0 real output1
domestic-stock/v1/ksdinfo/purreq HHKDB669103C0 real output1
domestic-stock/v1/ksdinfo/rev-split HHKDB669105C0 real output1
domestic-stock/v1/ksdinfo/sharehld-meet HHKDB669111C0 real output1
domestic-stock/v1/ranking/after-hour-balance FHPST01760000 real output
domestic-stock/v1/ranking/bulk-trans-num FHKST190900C0 real output
domestic-stock/v1/ranking/credit-balance FHKST17010000 real output1 output2
domestic-stock/v1/ranking/disparity FHPST01780000 real output
domestic-stock/v1/ranking/dividend-rate HHKDB13470100 real output
domestic-stock/v1/ranking/exp-trans-updown FHPST01820000 real output
domestic-stock/v1/ranking/finance-ratio FHPST01750000 real output
domestic-stock/v1/ranking/hts-top-view HHMCM000100C0 real output1
domestic-stock/v1/ranking/market-value FHPST01790000 real output
domestic-stock/v1/ranking/near-new-highlow FHPST01870000 real output
domestic-stock/v1/ranking/overtime-exp-trans-fluct FHKST11860000 real output
domestic-stock/v1/ranking/overtime-fluctuation FHPST02340000 real output1{} output2
domestic-stock/v1/ranking/overtime-volume FHPST02350000 real output1{} output2
domestic-stock/v1/ranking/prefer-disparate-ratio FHPST01770000 real output
domestic-stock/v1/ranking/profit-asset-index FHPST01730000 real output
domestic-stock/v1/ranking/quote-balance FHPST01720000 real output
domestic-stock/v1/ranking/short-sale FHPST04820000 real output
domestic-stock/v1/ranking/top-interest-stock FHPST01800000 real output
domestic-stock/v1/ranking/traded-by-company FHPST01860000 real output
domestic-stock/v1/ranking/volume-power FHPST01680000 real output
etfetn/v1/quotations/inquire-component-stock-price FHKST121600C0 real output1{} output2
etfetn/v1/quotations/nav-comparison-daily-trend FHPST02440200 real output
etfetn/v1/quotations/nav-comparison-time-trend FHPST02440100 real output
`;

export const emptyQuotes: readonly EmptyQuote[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [path = '', trId = '', where = '', ...blocks] = line.split(' ');
    return { path, trId, onPaper: where === 'paper', blocks };
  });
