import type { KisEndpoint } from '../../endpoints/endpoint.ts';
import { overseasEndpoints } from '../../endpoints/overseas.ts';
import { ledgerPage } from '../encode/ledger-page.ts';
import { dateText, orderNumberText, parseDateText } from '../encode/text-fields.ts';
import { wrongAccount } from '../host/account-check.ts';
import { fieldReply, ledgerReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import {
  encodeUsBalanceTotals,
  encodeUsBuyable,
  encodeUsCurrency,
  encodeUsHolding,
  encodeUsPresentHolding,
  encodeUsPresentTotals,
} from '../overseas/encode-us-balance.ts';
import { encodeUsOrder, encodeUsWorkingOrder } from '../overseas/encode-us-orders.ts';
import { usProfitBlocks } from '../overseas/encode-us-profit.ts';
import type { UsSimulatedOrder } from '../overseas/us-account.ts';
import { usExchangeOf } from '../overseas/us-listings.ts';

/** Rows of one page of overseas account inquiries; not documented, the size of the balance at home. */
const pageRows = 50;
const width = 200;

/** Questions about dollars and US shares. @see spec §6.2 */
export const overseasAccountRoutes: readonly Route[] = [
  route(overseasEndpoints.balance, balance),
  route(overseasEndpoints.presentBalance, presentBalance),
  route(overseasEndpoints.buyable, buyable),
  route(overseasEndpoints.workingOrders, workingOrders),
  route(overseasEndpoints.orders, orders),
  route(overseasEndpoints.profitByPeriod, profit),
];

function route({ method, path, real, paper }: KisEndpoint, handle: Route['handle']): Route {
  return {
    method,
    path,
    real: [real],
    paper: paper === null ? [] : [paper],
    handle: (call, broker) => {
      broker.us.advance();
      return wrongAccount(call, broker) ?? handle(call, broker);
    },
  };
}

/** On the real host NASD means all of the United States; empty and % mean everything on both. */
function isAsked(call: Call, exchange: string): boolean {
  const wish = call.field('OVRS_EXCG_CD').trim();
  if (wish === '' || wish === '%' || wish === exchange) return true;
  return wish === 'NASD' && call.environment === 'real' && usExchangeOf(exchange) !== null;
}

function balance(call: Call, broker: Broker): Reply {
  const account = broker.venue.state.us[call.environment];
  const of = { CANO: call.field('CANO'), ACNT_PRDT_CD: call.field('ACNT_PRDT_CD') };
  const isDollars = ['', 'USD'].includes(call.field('TR_CRCY_CD').trim());
  const held = [...account.holdings.values()]
    .filter(({ listing }) => isDollars && isAsked(call, listing.exchange))
    .sort((a, b) => (a.listing.symbol < b.listing.symbol ? -1 : 1));
  const page = ledgerPage(call, held, {
    size: pageRows,
    keyOf: ({ listing }) => listing.symbol,
    requestFields: ['CANO', 'ACNT_PRDT_CD', 'OVRS_EXCG_CD', 'TR_CRCY_CD'],
    width,
  });
  const blocks = {
    ...page.keys,
    output1: page.rows.map((holding) => encodeUsHolding(holding, { account, venue: broker.us, of })),
    output2: encodeUsBalanceTotals(account, broker.us),
  };
  return ledgerReply(call.environment, blocks, { continuation: page.continuation, isEmpty: page.rows.length === 0 });
}

/** Everything on one page, as the broker sends it; another country than the United States holds nothing. */
function presentBalance(call: Call, broker: Broker): Reply {
  const { us } = broker;
  const account = broker.venue.state.us[call.environment];
  const isUs = ['', '000', '840'].includes(call.field('NATN_CD').trim());
  const held = isUs ? [...account.holdings.values()] : [];
  const blocks = {
    output1: held.map((holding) => encodeUsPresentHolding(holding, account, us)),
    output2: isUs ? [encodeUsCurrency(account, us)] : [],
    output3: encodeUsPresentTotals(account, us),
  };
  return ledgerReply(call.environment, blocks, { continuation: 'D', isEmpty: held.length === 0 });
}

function buyable(call: Call, broker: Broker): Reply {
  const price = Math.round(Number(call.field('OVRS_ORD_UNPR')) * 10_000);
  if (!Number.isSafeInteger(price) || price < 0) return fieldReply('OVRS_ORD_UNPR');
  const output = encodeUsBuyable(broker.venue.state.us[call.environment], price);
  return ledgerReply(call.environment, { output }, { continuation: 'D', isEmpty: false });
}

function workingOrders(call: Call, broker: Broker): Reply {
  const open = broker.venue.state.us[call.environment]
    .openOrders()
    .filter(({ listing }) => isAsked(call, listing.exchange));
  const page = ledgerPage(call, sorted(call, open), {
    size: pageRows,
    keyOf: numberKey,
    requestFields: ['CANO', 'ACNT_PRDT_CD', 'OVRS_EXCG_CD', 'SORT_SQN'],
    width,
  });
  const blocks = { ...page.keys, output: page.rows.map((order) => encodeUsWorkingOrder(order)) };
  return ledgerReply(call.environment, blocks, { continuation: page.continuation, isEmpty: page.rows.length === 0 });
}

function orders(call: Call, broker: Broker): Reply {
  const [from, to] = [parseDateText(call.field('ORD_STRT_DT')), parseDateText(call.field('ORD_END_DT'))];
  if (from === null) return fieldReply('ORD_STRT_DT');
  if (to === null) return fieldReply('ORD_END_DT');
  const chosen = [...broker.venue.state.us[call.environment].orders.values()].filter(
    (order) => isMeant(call, order) && from.toString() <= order.date && order.date <= to.toString(),
  );
  const page = ledgerPage(call, sorted(call, chosen), {
    size: pageRows,
    keyOf: numberKey,
    requestFields: [
      'CANO',
      'ACNT_PRDT_CD',
      'PDNO',
      'ORD_STRT_DT',
      'ORD_END_DT',
      'SLL_BUY_DVSN',
      'CCLD_NCCS_DVSN',
      'OVRS_EXCG_CD',
      'SORT_SQN',
    ],
    width,
  });
  const blocks = { ...page.keys, output: page.rows.map((order) => encodeUsOrder(order)) };
  return ledgerReply(call.environment, blocks, { continuation: page.continuation, isEmpty: page.rows.length === 0 });
}

function isMeant(call: Call, order: UsSimulatedOrder): boolean {
  const side = { '01': 'sell', '02': 'buy' }[call.field('SLL_BUY_DVSN')];
  const symbol = call.field('PDNO').trim();
  if (side !== undefined && order.side !== side) return false;
  if (symbol !== '' && symbol !== '%' && symbol !== order.listing.symbol) return false;
  const state = call.field('CCLD_NCCS_DVSN');
  if (state === '01' && order.filled === 0) return false;
  if (state === '02' && order.remaining === 0) return false;
  return isAsked(call, order.listing.exchange);
}

/** `SORT_SQN`: DS newest first, AS and anything else oldest first. */
function sorted(call: Call, rows: readonly UsSimulatedOrder[]): readonly UsSimulatedOrder[] {
  const oldestFirst = rows.toSorted((a, b) => a.number - b.number);
  return call.field('SORT_SQN') === 'DS' ? oldestFirst.toReversed() : oldestFirst;
}

function profit(call: Call, broker: Broker): Reply {
  const [from, to] = [parseDateText(call.field('INQR_STRT_DT')), parseDateText(call.field('INQR_END_DT'))];
  if (from === null) return fieldReply('INQR_STRT_DT');
  if (to === null) return fieldReply('INQR_END_DT');
  const symbol = call.field('PDNO').trim();
  const sales = broker.venue.state.us[call.environment].fills.filter(
    ({ side, date, listing }) =>
      side === 'sell' &&
      from.toString() <= date &&
      date <= to.toString() &&
      (symbol === '' || symbol === '%' || symbol === listing.symbol) &&
      isAsked(call, listing.exchange),
  );
  const { rows, totals } = usProfitBlocks(sales, dateText(broker.us.date));
  const page = ledgerPage(call, rows, {
    size: pageRows,
    keyOf: (row) => `${row['trad_day'] ?? ''}-${row['ovrs_pdno'] ?? ''}`,
    requestFields: [
      'CANO',
      'ACNT_PRDT_CD',
      'OVRS_EXCG_CD',
      'NATN_CD',
      'CRCY_CD',
      'PDNO',
      'INQR_STRT_DT',
      'INQR_END_DT',
    ],
    width,
  });
  const blocks = { ...page.keys, output1: page.rows, output2: totals };
  return ledgerReply(call.environment, blocks, { continuation: page.continuation, isEmpty: page.rows.length === 0 });
}

function numberKey({ number }: UsSimulatedOrder): string {
  return orderNumberText(number);
}
