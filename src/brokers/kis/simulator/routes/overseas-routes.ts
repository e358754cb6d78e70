import { wrongAccount } from '../host/account-check.ts';
import { ledgerReply, type Reply } from '../host/envelope.ts';
import type { Call, Route } from '../host/route.ts';

const trading = '/uapi/overseas-stock/v1/trading';
const domestic = '/uapi/domestic-stock/v1/trading';
const keyWidth = 200;

const profitNames =
  'sll_qty_smtl sll_tr_amt_smtl sll_fee_smtl sll_tltx_smtl sll_excc_amt_smtl buyqty_smtl buy_tr_amt_smtl buy_fee_smtl ' +
  'buy_tax_smtl buy_excc_amt_smtl tot_qty tot_tr_amt tot_fee tot_tltx tot_excc_amt tot_rlzt_pfls loan_int tot_pftrt';

/** What public clients ask of an account that holds nothing abroad: valid and empty. @see spec §11.5 */
export const overseasRoutes: readonly Route[] = [
  empty(`${trading}/inquire-present-balance`, 'CTRP6504R', 'VTRP6504R', {
    output1: [],
    output2: [],
    output3: presentTotals(),
  }),
  empty(`${trading}/inquire-balance`, 'TTTS3012R', 'VTTS3012R', { output1: [], output2: balanceTotals() }),
  empty(`${trading}/inquire-nccs`, 'TTTS3018R', 'VTTS3018R', { output: [] }),
  empty(`${trading}/inquire-ccnl`, 'TTTS3035R', 'VTTS3035R', { output: [] }),
  empty(`${trading}/inquire-period-profit`, 'TTTS3039R', null, { output1: [], output2: {} }),
  empty(`${domestic}/inquire-period-trade-profit`, 'TTTC8715R', null, { output1: [], output2: zeros(profitNames) }),
];

function empty(path: string, real: string, paper: string | null, blocks: Readonly<Record<string, unknown>>): Route {
  const handle: Route['handle'] = (call, broker) => wrongAccount(call, broker) ?? emptyReply(call, blocks);
  return { method: 'GET', path, real: [real], paper: paper === null ? [] : [paper], handle };
}

function emptyReply(call: Call, blocks: Readonly<Record<string, unknown>>): Reply {
  const echo = `${call.field('CANO')}^${call.field('ACNT_PRDT_CD')}^`;
  const keys = {
    ctx_area_fk200: echo.padEnd(keyWidth),
    ctx_area_nk200: ' '.repeat(keyWidth),
    ctx_area_fk100: echo.padEnd(100),
    ctx_area_nk100: ' '.repeat(100),
  };
  return ledgerReply(call.environment, { ...keys, ...blocks }, { continuation: 'D', isEmpty: true });
}

function presentTotals(): Record<string, string> {
  return zeros(
    'pchs_amt_smtl evlu_amt_smtl evlu_pfls_amt_smtl dncl_amt cma_evlu_amt tot_dncl_amt etc_mgna wdrw_psbl_tot_amt ' +
      'frcr_evlu_tota evlu_erng_rt1 pchs_amt_smtl_amt evlu_amt_smtl_amt tot_evlu_pfls_amt tot_asst_amt buy_mgn_amt ' +
      'mgna_tota frcr_use_psbl_amt ustl_sll_amt_smtl ustl_buy_amt_smtl tot_frcr_cblc_smtl tot_loan_amt',
  );
}

function balanceTotals(): Record<string, string> {
  return zeros(
    'frcr_pchs_amt1 ovrs_rlzt_pfls_amt ovrs_tot_pfls rlzt_erng_rt tot_evlu_pfls_amt tot_pftrt frcr_buy_amt_smtl1 ' +
      'ovrs_rlzt_pfls_amt2 frcr_buy_amt_smtl2',
  );
}

function zeros(names: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, '0']));
}
