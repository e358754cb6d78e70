import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createHttpClient, type HttpRequest } from '#wire/http-client.ts';
import { cancelOnlyHttp } from './cancel-only.ts';
import * as quotes from './endpoints/quotes.ts';
import { signInEndpoints } from './endpoints/sign-in.ts';
import { tradingEndpoints } from './endpoints/trading.ts';
import type { KisEndpoint } from './endpoints/endpoint.ts';

const cancel = JSON.stringify({ ORGN_ODNO: '1', RVSE_CNCL_DVSN_CD: '02', QTY_ALL_ORD_YN: 'Y' });

/** Sends each through the narrowed connection to a real server, and says what arrived there. */
async function arrived(requests: readonly Omit<HttpRequest, 'url' | 'headers'>[], paths: readonly string[]) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    request.resume();
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const http = cancelOnlyHttp(createHttpClient({ allowedOrigins: [origin] }));
  const kinds: string[] = [];
  for (const [index, request] of requests.entries()) {
    const result = await http.send({ ...request, url: new URL(paths[index] ?? '/', origin), headers: {} });
    kinds.push(result.kind);
  }
  await http.close();
  server.closeAllConnections();
  server.close();
  return { seen, kinds };
}

test('INV-10 through the cancel-only connection a list of orders and a whole cancel go out, and neither order, amendment nor token', async () => {
  const { orders, amend } = tradingEndpoints;
  const post = (body: string) => ({ method: 'POST', body }) as const;
  const requests = [
    { method: 'GET' } as const,
    post(cancel),
    post(cancel.replace('02', '01')),
    post(cancel.replace('"Y"', '"N"')),
    post(cancel.replace('}', ',"RVSE_CNCL_DVSN_CD":"01"}')),
    post(cancel.replace('{', '{"RVSE_CNCL_DVSN_CD":"01",')),
    post('no JSON'),
    { method: 'POST' } as const,
  ];

  const { seen, kinds } = await arrived(requests, [
    `${orders.path}?ODNO=`,
    ...Array.from({ length: 7 }, () => amend.path),
  ]);

  assert.deepEqual(seen, [`GET ${orders.path}?ODNO=`, `POST ${amend.path}`]);
  assert.deepEqual(kinds, ['answer', 'answer', ...Array.from({ length: 6 }, () => 'not-sent')]);
});

test('INV-10 no other operation of KIS passes the cancel-only connection, with whatever body', async () => {
  const tables: readonly object[] = [signInEndpoints, tradingEndpoints, ...Object.values(quotes).filter(isTable)];
  const endpoints = tables.flatMap((table) => Object.values(table) as KisEndpoint[]);
  const allowed = new Set<string>([tradingEndpoints.orders.path, tradingEndpoints.cancel.path]);
  const others = endpoints.filter(({ path }) => !allowed.has(path));

  const { seen, kinds } = await arrived(
    others.map(({ method }) => (method === 'GET' ? { method } : { method, body: cancel })),
    others.map(({ path }) => path),
  );

  assert.ok(others.length > 20, `only ${others.length} operations were tried`);
  assert.deepEqual([seen, new Set(kinds)], [[], new Set(['not-sent'])]);
});

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
