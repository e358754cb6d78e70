import { createHttpClient, type HttpClient, type HttpRequest } from '#wire/http-client.ts';

import type { CancelBroker } from '../cancel-broker.ts';
import { listOrders } from './account/order-list.ts';
import { cancelOrder } from './account/orders.ts';
import { KisSignIn } from './calls/auth.ts';
import { KisCalls } from './calls/calls.ts';
import { changeCodes } from './codes.ts';
import { tradingEndpoints } from './endpoints/trading.ts';
import { checkHosts } from './hosts.ts';
import { budgetOf, timeoutsOf, type KisBrokerOptions } from './options.ts';

/**
 * KIS for a process that may only list and cancel. Whatever is called in it, its connection lets through the inquiry of
 * the day's orders and the cancel of a whole order, and nothing else: no order, no amendment (which shares the cancel's
 * path and TR id, so the body is read), no new token. The token is the one that the credentials hold.
 *
 * @throws {FixConfiguration} `kis.host-mismatch` · `kis.key-mismatch`
 */
export function createKisCancelOnly(options: KisBrokerOptions): CancelBroker {
  const { credentials, clock, random } = options;
  const { rest } = checkHosts(options);
  const { connectMs, totalMs } = timeoutsOf(options);
  const client = { allowedOrigins: [rest.origin], connectTimeoutMs: connectMs, totalTimeoutMs: totalMs };
  const http = cancelOnlyHttp(createHttpClient(client));
  const { tokenIssueEveryMs } = budgetOf(options);
  const signIn = new KisSignIn({ http, rest, credentials, clock, tokenIssueEveryMs, random });
  const calls = new KisCalls(options, http, rest, signIn);
  return {
    orders: (date) => calls.told(listOrders(options, calls, date)),
    cancel: (order) => cancelOrder(options, calls, order),
    close: async () => {
      calls.close();
      await http.close();
    },
  };
}

/** A connection through which nothing but an inquiry of orders and a cancel can leave; all else is `not-sent`. */
export function cancelOnlyHttp(http: HttpClient): HttpClient {
  const refused = { kind: 'not-sent', cause: 'cancel-only' } as const;
  return {
    send: async (request) => (mayLeave(request) ? http.send(request) : refused),
    download: async () => refused,
    close: () => http.close(),
  };
}

function mayLeave({ method, url, body }: HttpRequest): boolean {
  if (method === 'GET') return url.pathname === tradingEndpoints.orders.path && body === undefined;
  return url.pathname === tradingEndpoints.cancel.path && url.search === '' && isWholeCancel(body ?? '');
}

/** The other value of `RVSE_CNCL_DVSN_CD` amends; parsed and not searched for, so that a second key cannot hide it. */
function isWholeCancel(body: string): boolean {
  try {
    const fields: unknown = JSON.parse(body);
    if (typeof fields !== 'object' || fields === null || JSON.stringify(fields) !== body) return false;
    const { RVSE_CNCL_DVSN_CD, QTY_ALL_ORD_YN } = fields as Readonly<Record<string, unknown>>;
    return RVSE_CNCL_DVSN_CD === changeCodes.cancel && QTY_ALL_ORD_YN === 'Y';
  } catch {
    // What is no JSON is no cancel.
    return false;
  }
}
