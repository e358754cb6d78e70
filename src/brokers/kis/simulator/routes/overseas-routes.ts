import { wrongAccount } from '../host/account-check.ts';
import { ledgerReply, quoteReply, type Reply } from '../host/envelope.ts';
import { ledgerPage } from '../encode/ledger-page.ts';
import type { Call, Route } from '../host/route.ts';
import { overseasAccountRoutes } from './overseas-account-routes.ts';
import { emptyOverseasEndpoints, type EmptyEndpoint } from './overseas-empty-table.ts';
import { overseasOrderRoutes } from './overseas-order-routes.ts';
import { overseasQuoteRoutes } from './overseas-quote-routes.ts';

/** Everything abroad: a simulated United States, and valid but empty answers for the rest of appendix C. */
export const overseasRoutes: readonly Route[] = [
  ...overseasQuoteRoutes,
  ...overseasOrderRoutes,
  ...overseasAccountRoutes,
  ...emptyOverseasEndpoints.map((endpoint) => emptyRoute(endpoint)),
];

function emptyRoute(endpoint: EmptyEndpoint): Route {
  const { path, real, paper, keys } = endpoint;
  return {
    method: 'GET',
    path,
    real,
    paper,
    handle: (call, broker) =>
      keys === null ? quoteReply(blocksOf(endpoint)) : (wrongAccount(call, broker) ?? emptyPage(call, endpoint, keys)),
  };
}

function emptyPage(call: Call, endpoint: EmptyEndpoint, width: 100 | 200): Reply {
  const requestFields = ['CANO', 'ACNT_PRDT_CD'];
  const page = ledgerPage<never>(call, [], { size: 1, keyOf: String, requestFields, width });
  const blocks = { ...page.keys, ...blocksOf(endpoint) };
  return ledgerReply(call.environment, blocks, { continuation: 'D', isEmpty: true });
}

function blocksOf({ rows, single }: EmptyEndpoint): Record<string, unknown> {
  const blocks: Record<string, unknown> = {};
  for (const name of rows) blocks[name] = [];
  for (const name of single) blocks[name] = {};
  return blocks;
}
