import { tradingEndpoints } from '../../endpoints/trading.ts';
import { accountInquiryFields } from '../encode/account-inquiry-fields.ts';
import { worthOf } from '../encode/encode-balance.ts';
import { encodeFields } from '../encode/encode-fields.ts';
import { ledgerPage } from '../encode/ledger-page.ts';
import { percentText } from '../encode/text-fields.ts';
import { wrongAccount } from '../host/account-check.ts';
import { fieldReply, ledgerReply, refusalReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { dollarText } from '../overseas/encode-us-block.ts';
import { rateText } from '../overseas/encode-us-quotes.ts';
import { wonAtRate } from '../overseas/us-fees.ts';

const trading = '/uapi/domestic-stock/v1/trading';

/** What the account is worth, and the questions that an ordinary cash account has no answer to. @see spec §5.1 */
export const assetRoutes: readonly Route[] = [
  route(tradingEndpoints.assets.path, tradingEndpoints.assets.real, assets),
  route(`${trading}/intgr-margin`, 'TTTC0869R', margin),
  route(`${trading}/period-rights`, 'CTRGA011R', rights),
  route(`${trading}/inquire-credit-psamount`, 'TTTC8909R', credit),
  ...[
    ['inquire-balance', 'TTTC2208R'],
    ['inquire-daily-ccld', 'TTTC2201R'],
    ['inquire-deposit', 'TTTC0506R'],
    ['inquire-present-balance', 'TTTC2202R'],
    ['inquire-psbl-order', 'TTTC0503R'],
    // Pensions are accounts of product 29, and this one is not.
  ].map(([name = '', id = '']) => route(`${trading}/pension/${name}`, id, () => fieldReply('ACNT_PRDT_CD'))),
];

function route(path: string, id: string, handle: Route['handle']): Route {
  return {
    method: 'GET',
    path,
    real: [id],
    paper: [],
    handle: (call, broker) => wrongAccount(call, broker) ?? handle(call, broker),
  };
}

/** The classes come without names, in the order of the portal: 20 rows, the last one the sum. */
const classCount = 20;
const classAt = { stocks: 0, usStocks: 8, dollars: 16, cash: 17, all: 19 };

/** Won at home and dollars at the simulated rate. @see spec A.9c */
function assets(call: Call, broker: Broker): Reply {
  const { venue, us } = broker;
  const account = venue.state.accounts[call.environment];
  const abroad = venue.state.us[call.environment];
  const home = worthOf(account, venue);
  const cash = account.freeCash() + heldBack(broker, call);
  let [usCost, usValue] = [0, 0];
  for (const { listing, cost, quantity } of abroad.holdings.values()) {
    usCost += cost;
    usValue += us.prices.now(listing, us.now).last * quantity;
  }
  const dollars = wonAtRate(abroad.cash);
  const there = { cost: wonAtRate(usCost), value: wonAtRate(usValue) };
  const total = home.value + cash + there.value + dollars;
  const classes = Array.from({ length: classCount }, () => ({ cost: 0, value: 0 }));
  classes[classAt.stocks] = home;
  classes[classAt.usStocks] = there;
  classes[classAt.dollars] = { cost: dollars, value: dollars };
  classes[classAt.cash] = { cost: cash, value: cash };
  classes[classAt.all] = { cost: home.cost + there.cost + dollars + cash, value: total };
  const output1 = classes.map(({ cost, value }) =>
    encodeFields(accountInquiryFields.assetClass, {
      pchs_amt: cost,
      evlu_amt: value,
      evlu_pfls_amt: value - cost,
      real_nass_amt: value,
      whol_weit_rt: percentText(value, total),
    }),
  );
  const [cost, value] = [home.cost + there.cost, home.value + there.value];
  const output2 = encodeFields(accountInquiryFields.assets, {
    pchs_amt_smtl: cost,
    nass_tot_amt: total,
    evlu_pfls_amt_smtl: value - cost,
    evlu_amt_smtl: value,
    tot_asst_amt: total,
    frcr_evlu_tota: dollars,
    tot_dncl_amt: cash,
    dncl_amt: cash,
    ovrs_stck_evlu_amt1: there.value,
  });
  const body = { output1, output2, rt_cd: '0', msg_cd: 'KIOK0530', msg1: '조회되었습니다'.padEnd(80) };
  return { status: 200, body, continuation: 'D' };
}

/** Open orders hold cash back that is still there. */
function heldBack({ venue }: Broker, call: Call): number {
  const { ledger } = venue.state.accounts[call.environment];
  const coming = ledger.pending.reduce((sum, settlement) => sum + settlement.amount, 0);
  return ledger.cash + coming - venue.state.accounts[call.environment].freeCash();
}

function margin(call: Call, { venue }: Broker): Reply {
  const won = Math.max(0, venue.state.accounts[call.environment].freeCash());
  const usd = dollarText(Math.max(0, venue.state.us[call.environment].freeCash()));
  const output = encodeFields(accountInquiryFields.margin, {
    acmga_rt: '100.0000',
    stck_cash_ord_psbl_amt: won,
    stck_evlu_ord_psbl_amt: won,
    stck_cash100_max_ord_psbl_amt: won,
    stck_itgr_cash100_ord_psbl_amt: won,
    usd_ord_psbl_amt: usd,
    usd_gnrl_ord_psbl_amt: usd,
    usd_itgr_ord_psbl_amt: usd,
    usd_frst_bltn_exrt: rateText(),
  });
  return ledgerReply(call.environment, { output }, { continuation: 'D', isEmpty: false });
}

/** No dividends and no rights issues are simulated. */
function rights(call: Call): Reply {
  const requestFields = ['INQR_DVSN', 'CANO', 'ACNT_PRDT_CD', 'INQR_STRT_DT', 'INQR_END_DT'];
  const page = ledgerPage<never>(call, [], { size: 1, keyOf: String, requestFields });
  // Sources do not tell the name of the block, so both are sent.
  const blocks = { ...page.keys, output: [], output1: [] };
  return ledgerReply(call.environment, blocks, { continuation: 'D', isEmpty: true });
}

/** Buying on credit needs a contract that the simulated account does not have. */
function credit(): Reply {
  return refusalReply({ rt_cd: '7', msg_cd: 'APBK1672', msg1: '신용거래 약정이 없는 계좌입니다.' });
}
