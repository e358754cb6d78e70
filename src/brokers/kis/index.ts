import { setTimeout as pause } from 'node:timers/promises';

import type { InstrumentId } from '#domain/instrument.ts';
import { createHttpClient } from '#wire/http-client.ts';

import type { PlaceResult } from '../broker.ts';
import { readBalance, readBuyable } from './account/accounts.ts';
import { KisSignIn } from './calls/auth.ts';
import { KisCalls } from './calls/calls.ts';
import { EndpointPace } from './calls/endpoint-pace.ts';
import { KisLastKnown } from './calls/last-known.ts';
import { checkHosts } from './hosts.ts';
import { isSimulator } from './is-simulator.ts';
import type { KisBroker } from './kis-broker.ts';
import { InstrumentNames } from './quotes/instrument-names.ts';
import { createKisOverseas } from './overseas/kis-overseas.ts';
import { readInstruments } from './masters/read-instruments.ts';
import { createKisQuotes } from './quotes/kis-quotes.ts';
import { keyInactivityMonths, keyTermMonths, registrationsMax, sessionsPerKey } from './limits.ts';
import { budgetOf, timeoutsOf, type KisBrokerOptions, type KisIncident } from './options.ts';
import { createKisAccount } from './account/kis-account.ts';
import { listOrders } from './account/order-list.ts';
import { amendOrder, cancelOrder, placeOrder } from './account/orders.ts';
import { readTodayMinuteBars } from './quotes/minute-bars.ts';
import { readBookQuote } from './quotes/order-book.ts';
import { readPeriodBars } from './quotes/period-bars.ts';
import { readPrice } from './quotes/price-snapshot.ts';
import { notingListener } from './stream/noting-listener.ts';
import { KisStream } from './stream/stream.ts';

export type { KisBroker } from './kis-broker.ts';
export type { KisBrokerOptions, KisBudget, KisIncident, KisTimeouts } from './options.ts';

/**
 * KIS (한국투자증권) over its Open API. Nothing is opened until the first call.
 *
 * @throws {FixConfiguration} `kis.host-mismatch` · `kis.key-mismatch` unless environment, hosts and key belong together
 *   (INV-14)
 */
export function createKisBroker(options: KisBrokerOptions): KisBroker {
  const { environment, clock } = options;
  const { rest, webSocket } = checkHosts(options);
  const { http, orderHttp, signIn, calls } = openCalls(options, rest);
  const names = new InstrumentNames();
  const market = { calls, names, clock };
  const price = (instrument: InstrumentId) => calls.told(readPrice(market, instrument));
  const orderBook = (instrument: InstrumentId) =>
    calls.told(readBookQuote(market, instrument, 'krx').then(({ book }) => book));
  const balance = () => calls.told(readBalance(options, calls));
  const lastKnown = new KisLastKnown({ balance, price, orderBook }, clock);
  const changing = (answer: Promise<PlaceResult>) => answer.finally(() => lastKnown.accountChanged());
  const quotes = createKisQuotes(market);
  const streams = new Set<KisStream>();
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
      keyLife: { termMonths: keyTermMonths, inactivityMonths: keyInactivityMonths },
    },
    place: async (order) => changing(placeOrder(options, calls, order)),
    cancel: async (order) => changing(cancelOrder(options, calls, order)),
    amend: async (order, change) => changing(amendOrder(options, calls, order, change)),
    orders: (date) => calls.told(listOrders(options, calls, date)),
    balance: () => lastKnown.freshBalance(),
    buyable: (instrument, at) => calls.told(readBuyable(options, calls, instrument, at)),
    price,
    orderBook,
    dailyBars: (instrument, from, to) => calls.told(readPeriodBars(market, instrument, { from, to })),
    minuteBars: (instrument, count) => calls.told(readTodayMinuteBars(market, instrument, { count })),
    openStream: async (listener) => {
      const report = (incident: KisIncident): void => calls.report(incident);
      const noting = notingListener(listener, () => lastKnown.accountChanged());
      const stream = new KisStream({ broker: options, webSocket, signIn, listener: noting, report });
      streams.add(stream);
      return stream;
    },
    signOut: () => signIn.revoke(),
    lastKnown,
    close: async () => {
      calls.close();
      await Promise.all([...streams].map((stream) => stream.close()));
      await Promise.all([http.close(), orderHttp.close()]);
    },
    overseas: createKisOverseas(options, calls),
    quotes,
    instruments: () => readInstruments(isSimulator(options) ? { simulatedOrigin: rest.origin } : 'published'),
    // The paper host does not have this question.
    ...(environment === 'real'
      ? { tradesOnNxt: async (asked: InstrumentId) => (await quotes.stock(asked)).isOnNxt }
      : {}),
    account: createKisAccount(options, calls),
  };
}

/** Orders have connections of their own: reads that hang never keep one from them. */
function openCalls(options: KisBrokerOptions, rest: URL) {
  const { credentials, clock, random } = options;
  const { connectMs, totalMs } = timeoutsOf(options);
  const { tokenIssueEveryMs, endpointSpacing } = budgetOf(options);
  const client = { allowedOrigins: [rest.origin], connectTimeoutMs: connectMs, totalTimeoutMs: totalMs };
  const http = createHttpClient(client);
  const orderHttp = createHttpClient(client);
  const pace = new EndpointPace(() => clock.elapsedMs(), pause);
  const pacing = endpointSpacing ? { pace } : {};
  const signIn = new KisSignIn({ http, rest, credentials, clock, tokenIssueEveryMs, random, ...pacing });
  return { http, orderHttp, signIn, calls: new KisCalls(options, http, rest, signIn, orderHttp) };
}
