import { symbolOf } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';

import { tradingEndpoints } from '../../endpoints/trading.ts';
import { kisLimits } from '../../limits.ts';
import { accountInquiryFields } from '../encode/account-inquiry-fields.ts';
import { encodeBalance, encodeHoldings, worthOf } from '../encode/encode-balance.ts';
import { encodeFields } from '../encode/encode-fields.ts';
import { encodeProfitOfDay, encodeProfitOfTrade, encodeProfitTotals, profitSums } from '../encode/encode-profits.ts';
import { ledgerPage } from '../encode/ledger-page.ts';
import { parseDateText, percentText } from '../encode/text-fields.ts';
import { wrongAccount } from '../host/account-check.ts';
import { fieldReply, ledgerReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { realisedFills, type RealisedFill } from '../venue/orders/realised-fills.ts';

const { profitByDay, profitByTrade, realisedBalance } = tradingEndpoints;

/** What the account has earned, real host only. @see spec §5.1 and appendix A.6b, A.9 */
export const profitRoutes: readonly Route[] = [
  route(profitByDay, (call, broker) => profits(call, broker, 'day')),
  route(profitByTrade, (call, broker) => profits(call, broker, 'trade')),
  route(realisedBalance, balanceWithProfit),
];

function route({ path, real }: { readonly path: string; readonly real: string }, handle: Route['handle']): Route {
  return {
    method: 'GET',
    path,
    real: [real],
    paper: [],
    handle: (call, broker) => wrongAccount(call, broker) ?? handle(call, broker),
  };
}

const requestFields = ['CANO', 'ACNT_PRDT_CD', 'INQR_STRT_DT', 'INQR_END_DT', 'SORT_DVSN', 'CBLC_DVSN', 'PDNO'];
/** Rows of one page; not documented, the size of the balance. */
const pageRows = kisLimits.real.balancePageRows;

function profits(call: Call, broker: Broker, kind: 'day' | 'trade'): Reply {
  const [from, to] = [parseDateText(call.field('INQR_STRT_DT')), parseDateText(call.field('INQR_END_DT'))];
  if (from === null) return fieldReply('INQR_STRT_DT');
  if (to === null) return fieldReply('INQR_END_DT');
  const symbol = call.field('PDNO').trim();
  const meant = realisedFills(broker.venue.state.accounts[call.environment].fills).filter(
    ({ fill }) =>
      Temporal.PlainDate.compare(from, fill.tradeDate) <= 0 &&
      Temporal.PlainDate.compare(fill.tradeDate, to) <= 0 &&
      (symbol === '' || symbol === '%' || symbol === symbolOf(fill.instrument)),
  );
  const oldestFirst = kind === 'day' ? rowsOfDays(meant) : rowsOfTrades(meant, broker);
  // 01 asks for the oldest first.
  const rows = call.field('SORT_DVSN') === '01' ? oldestFirst : oldestFirst.toReversed();
  const keyOf = (row: Record<string, string>): string => `${row['trad_dt'] ?? ''}-${row['pdno'] ?? ''}`;
  const page = ledgerPage(call, rows, { size: pageRows, keyOf, requestFields });
  const blocks = { ...page.keys, output1: page.rows, output2: encodeProfitTotals(kind, profitSums(meant)) };
  return ledgerReply(call.environment, blocks, { continuation: page.continuation, isEmpty: page.rows.length === 0 });
}

function rowsOfDays(fills: readonly RealisedFill[]): readonly Record<string, string>[] {
  return [...Map.groupBy(fills, ({ fill }) => fill.tradeDate.toString()).values()].map((group) =>
    encodeProfitOfDay(dateOf(group), group),
  );
}

function rowsOfTrades(fills: readonly RealisedFill[], { venue }: Broker): readonly Record<string, string>[] {
  const groups = Map.groupBy(fills, ({ fill }) => `${fill.tradeDate.toString()} ${fill.instrument}`);
  return [...groups.values()].map((group) => {
    const symbol = symbolOf(group[0]?.fill.instrument ?? 'KRX:');
    const instrument = venue.floor.desk(symbol)?.instrument;
    invariant(instrument !== undefined, `${symbol}, which was traded, is listed`);
    return encodeProfitOfTrade(dateOf(group), instrument, group);
  });
}

function dateOf(group: readonly RealisedFill[]): Temporal.PlainDate {
  const [first] = group;
  invariant(first !== undefined, 'a group has a fill');
  return first.fill.tradeDate;
}

/** The balance with what was realised today. @see spec A.6b */
function balanceWithProfit(call: Call, broker: Broker): Reply {
  if (call.field('INQR_DVSN') === '') return fieldReply('INQR_DVSN');
  const { venue } = broker;
  const account = venue.state.accounts[call.environment];
  const page = ledgerPage(call, encodeHoldings(account, venue), {
    size: pageRows,
    keyOf: (row) => row['pdno'] ?? '',
    requestFields: ['CANO', 'ACNT_PRDT_CD', 'AFHR_FLPR_YN', 'OFL_YN', 'INQR_DVSN', 'UNPR_DVSN', 'FUND_STTL_ICLD_YN'],
  });
  const today = profitSums(realisedFills(account.fills).filter(({ fill }) => fill.tradeDate.equals(venue.state.date)));
  const { value, cost } = worthOf(account, venue);
  const extra = encodeFields(accountInquiryFields.realisedExtra, {
    rlzt_pfls: today.realised,
    rlzt_erng_rt: percentText(today.realised, today.cost, 8),
    real_evlu_pfls: value - cost,
    real_evlu_pfls_erng_rt: percentText(value - cost, cost, 8),
  });
  const output2 = [{ ...encodeBalance(account, venue), ...extra }];
  const blocks = { ...page.keys, output1: page.rows, output2 };
  return ledgerReply(call.environment, blocks, { continuation: page.continuation, isEmpty: page.rows.length === 0 });
}
