import { dateNumber } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { priceLimits } from '#markets/price-limits.ts';

import { kisLimits } from '../../limits.ts';
import { wrongAccount } from '../host/account-check.ts';
import type { SimulatedOrder } from '../venue/account-state.ts';
import { encodeBalance, encodeHoldings } from '../encode/encode-balance.ts';
import { encodeOrderRow, encodeOrderTotals, encodeWorkingOrder } from '../encode/encode-order-row.ts';
import { fieldReply, ledgerReply, type Reply } from '../host/envelope.ts';
import { ledgerPage } from '../encode/ledger-page.ts';
import { orderDivisionTable } from '../venue/orders/order-divisions.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { orderNumberText, parseDateText, textRow } from '../encode/text-fields.ts';
import { isPyKis } from '../socket/client-profile.ts';

const trading = '/uapi/domestic-stock/v1/trading';

/** Questions to the ledger. @see spec §5 */
export const accountRoutes: readonly Route[] = [
  route('inquire-balance', ['TTTC8434R'], ['VTTC8434R'], balance),
  route('inquire-psbl-order', ['TTTC8908R'], ['VTTC8908R'], buyable),
  route('inquire-psbl-sell', ['TTTC8408R'], [], sellable),
  route('inquire-psbl-rvsecncl', ['TTTC0084R', 'TTTC8036R'], [], workingOrders),
  route(
    'inquire-daily-ccld',
    ['TTTC0081R', 'TTTC8001R', 'CTSC9215R', 'CTSC9115R'],
    ['VTTC0081R', 'VTTC8001R', 'VTSC9215R', 'VTSC9115R'],
    dailyOrders,
  ),
];

function route(name: string, real: readonly string[], paper: readonly string[], handle: Route['handle']): Route {
  return {
    method: 'GET',
    path: `${trading}/${name}`,
    real,
    paper,
    handle: (call, broker) => wrongAccount(call, broker) ?? handle(call, broker),
  };
}

const balanceFields = ['CANO', 'ACNT_PRDT_CD', 'AFHR_FLPR_YN', 'OFL_YN', 'INQR_DVSN', 'UNPR_DVSN', 'FUND_STTL_ICLD_YN'];

function balance(call: Call, broker: Broker): Reply {
  const division = call.field('INQR_DVSN');
  if (division !== '01' && !(division === '02' && acceptsBySymbol(call, broker))) return fieldReply('INQR_DVSN');
  const account = broker.venue.state.accounts[call.environment];
  const page = ledgerPage(call, encodeHoldings(account, broker.venue), {
    size: kisLimits[call.environment].balancePageRows,
    keyOf: (row) => row['pdno'] ?? '',
    requestFields: balanceFields,
    separator: '^',
  });
  const blocks = { ...page.keys, output1: page.rows, output2: [encodeBalance(account, broker.venue)] };
  return ledgerReply(call.environment, blocks, { continuation: page.continuation, isEmpty: page.rows.length === 0 });
}

/** Production refuses 02 since 2026-02-10; three public clients still send it, and pykis can send nothing else. */
function acceptsBySymbol(call: Call, broker: Broker): boolean {
  return broker.isPermissive || (broker.recognisesClients && isPyKis(call.headers['user-agent'] ?? ''));
}

/** @see spec §5.4: quantity excludes fees; kind 01 counts at the upper limit. */
function buyable(call: Call, broker: Broker): Reply {
  const account = broker.venue.state.accounts[call.environment];
  const cash = Math.max(0, account.freeCash());
  const desk = broker.venue.floor.desk(call.field('PDNO'));
  const asked = Number(call.field('ORD_UNPR') === '' ? '0' : call.field('ORD_UNPR'));
  if (!Number.isSafeInteger(asked) || asked < 0) return fieldReply('ORD_UNPR');
  const type = orderDivisionTable[call.field('ORD_DVSN')]?.type;
  const upper = desk === null ? 0 : priceLimits(desk.instrument, desk.basePrice, broker.venue.state.date).upper;
  const isAtLimit = type !== undefined && type !== 'limit';
  const price = isAtLimit || asked === 0 ? upper : won(asked);
  const quantity = price === 0 ? 0 : Math.floor(cash / price);
  const output = textRow({
    ord_psbl_cash: cash,
    ord_psbl_sbst: 0,
    ruse_psbl_amt: Math.max(0, cash - account.ledger.cash),
    fund_rpch_chgs: 0,
    psbl_qty_calc_unpr: price,
    nrcvb_buy_amt: cash,
    nrcvb_buy_qty: quantity,
    max_buy_amt: cash,
    max_buy_qty: quantity,
    cma_evlu_amt: 0,
    ovrs_re_use_amt_wcrc: 0,
    ord_psbl_frcr_amt_wcrc: 0,
  });
  return ledgerReply(call.environment, { output }, { continuation: 'D', isEmpty: false });
}

function sellable(call: Call, broker: Broker): Reply {
  const account = broker.venue.state.accounts[call.environment];
  const row = encodeHoldings(account, broker.venue).find(({ pdno }) => pdno === call.field('PDNO'));
  const of = (name: string): string => row?.[name] ?? '0';
  const output = {
    pdno: call.field('PDNO'),
    prdt_name: row?.['prdt_name'] ?? '',
    buy_qty: of('thdt_buyqty'),
    sll_qty: of('thdt_sll_qty'),
    cblc_qty: of('hldg_qty'),
    nsvg_qty: '0',
    ord_psbl_qty: of('ord_psbl_qty'),
    pchs_avg_pric: of('pchs_avg_pric'),
    pchs_amt: of('pchs_amt'),
    now_pric: of('prpr'),
    evlu_amt: of('evlu_amt'),
    evlu_pfls_amt: of('evlu_pfls_amt'),
    evlu_pfls_rt: of('evlu_pfls_rt'),
  };
  // Sources disagree about the name of the block, so both are sent.
  return ledgerReply(call.environment, { output, output1: output }, { continuation: 'D', isEmpty: row === undefined });
}

function workingOrders(call: Call, broker: Broker): Reply {
  const side = { '1': 'sell', '2': 'buy' }[call.field('INQR_DVSN_2')];
  const account = broker.venue.state.accounts[call.environment];
  const orders = account.openOrders().filter((order) => side === undefined || order.side === side);
  const page = ledgerPage(call, orders, {
    size: 50,
    keyOf: numberKey,
    requestFields: ['CANO', 'ACNT_PRDT_CD', 'INQR_DVSN_1', 'INQR_DVSN_2'],
  });
  const blocks = { ...page.keys, output: page.rows.map((order) => encodeWorkingOrder(order)) };
  return ledgerReply(call.environment, blocks, { continuation: page.continuation, isEmpty: page.rows.length === 0 });
}

const orderFields = [
  'CANO',
  'ACNT_PRDT_CD',
  'INQR_STRT_DT',
  'INQR_END_DT',
  'SLL_BUY_DVSN_CD',
  'INQR_DVSN',
  'PDNO',
  'CCLD_DVSN',
];

/** @see spec §5.8 */
function dailyOrders(call: Call, broker: Broker): Reply {
  const from = parseDateText(call.field('INQR_STRT_DT'));
  const to = parseDateText(call.field('INQR_END_DT'));
  if (from === null) return fieldReply('INQR_STRT_DT');
  if (to === null) return fieldReply('INQR_END_DT');
  const orders = chosenOrders(call, broker, { from: dateNumber(from), to: dateNumber(to) });
  const page = ledgerPage(call, orders, {
    size: kisLimits[call.environment].ordersPageRows,
    keyOf: numberKey,
    requestFields: orderFields,
  });
  const rows = page.rows.map((order) => encodeOrderRow(order));
  const blocks = {
    ...page.keys,
    output1: call.fault?.fault === 'rows-reordered' ? rows.toReversed() : rows,
    output2: encodeOrderTotals(orders),
  };
  return ledgerReply(call.environment, blocks, { continuation: page.continuation, isEmpty: rows.length === 0 });
}

function chosenOrders(call: Call, broker: Broker, span: { from: number; to: number }): readonly SimulatedOrder[] {
  const side = { '01': 'sell', '02': 'buy' }[call.field('SLL_BUY_DVSN_CD')];
  const number = call.field('ODNO').trim();
  const hiddenAfter = visibleUntil(call, broker);
  const isMeant = (order: SimulatedOrder): boolean => {
    const day = Number(order.date.replaceAll('-', ''));
    if (day < span.from || day > span.to || order.at > hiddenAfter) return false;
    if (side !== undefined && order.side !== side) return false;
    return isAsked(call.field('PDNO'), order.instrument.symbol) && isAsked(number, orderNumberText(order.number));
  };
  const orders = [...broker.venue.state.accounts[call.environment].orders.values()];
  const chosen = orders.filter((order) => isMeant(order) && isInState(order, call.field('CCLD_DVSN')));
  return call.field('INQR_DVSN') === '01' ? chosen : chosen.toReversed();
}

/** `CCLD_DVSN`: 01 filled, 02 not filled to the end, anything else all. */
function isInState(order: SimulatedOrder, filter: string): boolean {
  if (filter === '01') return order.filled > 0;
  return filter !== '02' || order.remaining > 0;
}

/** Market time of the youngest order that shows; the delay of the fault is in real time. */
function visibleUntil(call: Call, { clock }: Broker): number {
  if (call.fault?.fault !== 'visibility-delay') return Number.POSITIVE_INFINITY;
  return clock.now().epochMilliseconds - call.fault.delayMs * clock.speed;
}

/** An empty wish, or the one sign for all, asks for everything. */
function isAsked(wish: string, value: string): boolean {
  return wish === '' || wish === '%' || wish === value;
}

function numberKey(order: SimulatedOrder): string {
  return orderNumberText(order.number);
}
