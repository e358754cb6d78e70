import { createHttpClient } from '#wire/http-client.ts';

import { readBalance, readBuyable } from './account/accounts.ts';
import { KisSignIn } from './calls/auth.ts';
import { KisCalls } from './calls/calls.ts';
import { checkHosts } from './hosts.ts';
import type { KisBroker } from './kis-broker.ts';
import { InstrumentNames } from './quotes/instrument-names.ts';
import { createKisOverseas } from './overseas/kis-overseas.ts';
import { createKisQuotes } from './quotes/kis-quotes.ts';
import { registrationsMax, sessionsPerKey } from './limits.ts';
import { budgetOf, timeoutsOf, type KisBrokerOptions } from './options.ts';
import { listOrders } from './account/order-list.ts';
import { amendOrder, cancelOrder, placeOrder } from './account/orders.ts';
import { readTodayMinuteBars } from './quotes/minute-bars.ts';
import { readBookQuote } from './quotes/order-book.ts';
import { readPeriodBars } from './quotes/period-bars.ts';
import { readPrice } from './quotes/price-snapshot.ts';
import { KisStream } from './stream/stream.ts';

export type { KisBroker } from './kis-broker.ts';
export type { KisBrokerOptions, KisBudget, KisIncident, KisTimeouts } from './options.ts';

/**
 * KIS (한국투자증권) over its Open API. Nothing is opened until the first call.
 *
 * @throws {FixConfiguration} `kis.host-mismatch` unless environment and hosts belong together (INV-14)
 */
export function createKisBroker(options: KisBrokerOptions): KisBroker {
  const { environment, credentials, clock } = options;
  const { rest, webSocket } = checkHosts(options);
  const { connectMs, totalMs } = timeoutsOf(options);
  const http = createHttpClient({
    allowedOrigins: [rest.origin],
    connectTimeoutMs: connectMs,
    totalTimeoutMs: totalMs,
  });
  const { tokenIssueEveryMs } = budgetOf(options);
  const signIn = new KisSignIn({ http, rest, credentials, clock, tokenIssueEveryMs });
  const calls = new KisCalls(options, http, rest, signIn);
  const names = new InstrumentNames();
  const market = { calls, names, clock };
  return {
    name: 'kis',
    environment,
    capabilities: {
      paper: 'host',
      sessionsPerKey,
      registrationsMax,
      tokenReissue: 'same-token',
      clientOrderId: false,
      orderEvents: true,
      markets: ['KRX'],
    },
    place: async (order) => placeOrder(options, calls, order),
    cancel: async (order) => cancelOrder(options, calls, order),
    amend: async (order, change) => amendOrder(options, calls, order, change),
    orders: (date) => listOrders(options, calls, date),
    balance: () => readBalance(options, calls),
    buyable: (instrument, price) => readBuyable(options, calls, instrument, price),
    price: (instrument) => readPrice(market, instrument),
    orderBook: async (instrument) => (await readBookQuote(market, instrument, 'krx')).book,
    dailyBars: (instrument, from, to) => readPeriodBars(market, instrument, { from, to }),
    minuteBars: (instrument, count) => readTodayMinuteBars(market, instrument, { count }),
    openStream: async (listener) =>
      new KisStream({ broker: options, webSocket, signIn, listener, report: (incident) => calls.report(incident) }),
    signOut: () => signIn.revoke(),
    overseas: createKisOverseas(options, calls),
    quotes: createKisQuotes(market),
  };
}
