import type { BrokerEnvironment } from '#domain/environment.ts';

import { orderNumberText } from '../encode/text-fields.ts';
import type { Broker } from '../host/route.ts';
import type { AccountState } from '../venue/account-state.ts';
import { question, type ConsoleCommand } from './console-command.ts';

/** What the simulator knows of itself: keys, books, orders, counts. */
export const accountCommands: Readonly<Record<string, ConsoleCommand>> = {
  'GET /credentials': question(
    { korean: '가짜 키와 계좌를 보여요.', english: 'Shows the keys and accounts, which are worth nothing elsewhere.' },
    ({ broker }) => broker.credentials,
  ),
  'GET /ledger': question(
    { korean: '두 계좌의 원장을 보여요.', english: 'Shows the books of both accounts.' },
    ({ broker }) => perAccount(broker, ledgerView),
  ),
  'GET /orders': question(
    { korean: '두 계좌의 주문을 보여요.', english: 'Shows every order of both accounts.' },
    ({ broker }) => perAccount(broker, ordersView),
  ),
  'GET /issues': question(
    {
      korean: '토큰 발급 알림톡을 보여요.',
      english: 'Lists issues of tokens as the owner hears of them by KakaoTalk.',
    },
    issuesView,
  ),
  'GET /counters': question(
    { korean: '발급과 주문 수를 보여요.', english: 'Counts tokens and orders.' },
    ({ broker }) => ({
      tokensIssued: broker.signIn.issued,
      orders: perAccount(broker, (account) => newOrders(account)),
    }),
  ),
};

function perAccount(broker: Broker, view: (account: AccountState) => unknown): Record<BrokerEnvironment, unknown> {
  const { accounts } = broker.venue.state;
  return { paper: view(accounts.paper), real: view(accounts.real) };
}

function ledgerView({ ledger, fills }: AccountState): unknown {
  return {
    cash: ledger.cash,
    pending: ledger.pending.map(({ date, amount }) => ({ date: date.toString(), amount })),
    positions: [...ledger.positions.values()],
    fees: ledger.feesPaid,
    tax: ledger.taxPaid,
    realised: ledger.realised,
    fills: fills.map((fill) => ({
      ...fill,
      number: orderNumberText(fill.number),
      tradeDate: fill.tradeDate.toString(),
      settlementDate: fill.settlementDate.toString(),
    })),
  };
}

function ordersView({ orders }: AccountState): unknown {
  return [...orders.values()].map(({ instrument, ...order }) => ({
    ...order,
    number: orderNumberText(order.number),
    original: order.original === null ? null : orderNumberText(order.original),
    symbol: instrument.symbol,
  }));
}

function newOrders({ orders }: AccountState): number {
  let count = 0;
  for (const order of orders.values()) if (order.action === 'new') count += 1;
  return count;
}

/** Tokens that have not run out, oldest first; not the tokens themselves. */
function issuesView({ broker }: { readonly broker: Broker }): unknown {
  return [...broker.venue.state.tokens.values()].map(({ appKey, issuedAt, expiresAt }) => ({
    environment: broker.signIn.environmentOf(appKey),
    issuedAt: Temporal.Instant.fromEpochMilliseconds(issuedAt).toString(),
    expiresAt: Temporal.Instant.fromEpochMilliseconds(expiresAt).toString(),
  }));
}
