import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';

import type { BrokerEnvironment } from '#domain/environment.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { InvariantError } from '#domain/invariant.ts';
import { createHttpClient } from '#wire/http-client.ts';

import type { KisEndpoint } from './endpoints/endpoint.ts';
import { kisHosts } from './endpoints/hosts.ts';
import { overseasEndpoints } from './endpoints/overseas.ts';
import { quoteEndpoints } from './endpoints/quotes.ts';
import { signInEndpoints } from './endpoints/sign-in.ts';
import { tradingEndpoints } from './endpoints/trading.ts';
import { fixtureOptions, fixtureVault } from './fixtures/fixture-broker.ts';
import { checkHosts } from './hosts.ts';
import { createKisBroker } from './index.ts';
import { KisSignIn } from './calls/auth.ts';
import { KisCalls } from './calls/calls.ts';
import { trIdOf } from './calls/tr-id.ts';

const real = { rest: `https://${kisHosts.real.rest}`, webSocket: `ws://${kisHosts.real.webSocket}` };
const paper = { rest: `https://${kisHosts.paper.rest}`, webSocket: `ws://${kisHosts.paper.webSocket}` };
const loopback = { rest: 'http://127.0.0.1:9443', webSocket: 'ws://127.0.0.1:21000' };

for (const [name, environment, hosts, simulated, isAllowed] of [
  ['real with the real hosts', 'real', real, false, true],
  ['paper with the paper hosts', 'paper', paper, false, true],
  ['paper with loopback', 'paper', loopback, false, true],
  ['simulated real with loopback', 'real', loopback, true, true],
  ['real with the paper hosts', 'real', paper, false, false],
  ['paper with the real hosts', 'paper', real, false, false],
  ['real with loopback', 'real', loopback, false, false],
  ['simulated real with the real hosts', 'real', real, true, false],
  ['simulated paper with the paper hosts', 'paper', paper, true, false],
  ['a real REST host with a paper websocket', 'real', { ...real, webSocket: paper.webSocket }, false, false],
  [
    'a published REST host with a websocket on loopback',
    'paper',
    { ...paper, webSocket: loopback.webSocket },
    false,
    false,
  ],
  ['REST on loopback with a published websocket', 'paper', { ...loopback, webSocket: paper.webSocket }, false, false],
  ['the real host without TLS', 'real', { ...real, rest: real.rest.replace('https', 'http') }, false, false],
  ['the real host on another port', 'real', { ...real, rest: real.rest.replace('9443', '29443') }, false, false],
  [
    'a host that ends like the real one',
    'real',
    { ...real, rest: 'https://x.openapi.koreainvestment.com:9443' },
    false,
    false,
  ],
  [
    'a host that begins like loopback',
    'paper',
    { ...loopback, rest: 'http://127.0.0.1.example.com:9443' },
    false,
    false,
  ],
  ['a stranger', 'paper', { rest: 'https://example.com', webSocket: 'ws://example.com' }, false, false],
  ['no URL at all', 'paper', { rest: 'here', webSocket: 'there' }, false, false],
] as const) {
  test(`T27 checkHosts() ${isAllowed ? 'lets through' : 'refuses'} ${name}`, () => {
    const options = fixtureOptions(hosts, { environment, simulated });

    if (isAllowed) assert.equal(checkHosts(options).rest.origin, new URL(hosts.rest).origin);
    else assert.throws(() => checkHosts(options), FixConfiguration);
  });
}

test('T27 trIdOf() gives V to paper and none to real, for every endpoint', () => {
  const tables = [signInEndpoints, quoteEndpoints, tradingEndpoints, overseasEndpoints];
  for (const endpoint of tables.flatMap((table) => Object.values<KisEndpoint>(table))) {
    assert.doesNotMatch(trIdOf(endpoint, 'real'), /^V/);
    if (endpoint.paper === null) assert.throws(() => trIdOf(endpoint, 'paper'), FixConfiguration);
    else assert.doesNotMatch(trIdOf(endpoint, 'paper'), /^[TC]/);
  }
});

test('T27 trIdOf() refuses a table entry of the other environment', () => {
  const crossed: KisEndpoint = { ...tradingEndpoints.buy, real: 'VTTC0012U', paper: 'TTTC0012U' };

  assert.throws(() => trIdOf(crossed, 'real'), InvariantError);
  assert.throws(() => trIdOf(crossed, 'paper'), InvariantError);
  assert.throws(() => trIdOf({ ...crossed, paper: null }, 'paper'), FixConfiguration);
});

/** Every socket that this process opens from now on, and a server of our own that notes who comes. */
async function witness(context: TestContext): Promise<{ rest: string; webSocket: string; sockets: () => number }> {
  let opened = 0;
  const note = (): void => {
    opened += 1;
  };
  subscribe('net.client.socket', note);
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    unsubscribe('net.client.socket', note);
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { rest: `http://127.0.0.1:${port}`, webSocket: `ws://127.0.0.1:${port}`, sockets: () => opened };
}

const environments: readonly BrokerEnvironment[] = ['real', 'paper'];

for (const key of environments) {
  for (const host of environments) {
    for (const trPrefix of environments) {
      const agrees = key === host && host === trPrefix;
      test(`T27 createKisBroker() ${agrees ? 'takes' : 'refuses'} a ${key} key with the ${host} host and ${trPrefix} TR ids, and no packet leaves`, async (context) => {
        const { sockets } = await witness(context);
        const credentials = { ...fixtureVault(true), environment: key };
        const options = fixtureOptions(host === 'real' ? real : paper, { environment: trPrefix, credentials });

        if (agrees) await createKisBroker(options).close();
        else assert.throws(() => createKisBroker(options), { code: /^kis\.(?:host|key)-mismatch$/ });

        assert.equal(sockets(), 0);
      });
    }
  }
}

test('T27 a real key reaches no loopback paper host either, and the witness would have seen it', async (context) => {
  const { sockets, ...hosts } = await witness(context);
  const make = (environment: BrokerEnvironment) =>
    createKisBroker(
      fixtureOptions(hosts, { credentials: { ...fixtureVault(true), environment }, limits: { readAttempts: 1 } }),
    );

  assert.throws(() => make('real'), { code: 'kis.key-mismatch' });
  assert.equal(sockets(), 0);

  const broker = make('paper');
  await assert.rejects(broker.price('KRX:005930'));
  await broker.close();
  assert.equal(sockets(), 1);
});

test('T27 an order whose TR belongs to the other environment is stopped before a socket is opened', async (context) => {
  const { sockets, ...hosts } = await witness(context);
  const options = fixtureOptions(hosts);
  const http = createHttpClient({ allowedOrigins: [hosts.rest] });
  const rest = new URL(hosts.rest);
  const signIn = new KisSignIn({ ...options, http, rest, tokenIssueEveryMs: 0 });
  const calls = new KisCalls(options, http, rest, signIn);
  const crossed: KisEndpoint = { ...tradingEndpoints.buy, paper: tradingEndpoints.buy.real };

  await assert.rejects(
    calls.order(crossed, () => ({})),
    InvariantError,
  );
  await assert.rejects(calls.read({ ...quoteEndpoints.price, paper: 'TTTC8434R' }, {}), InvariantError);

  assert.equal(sockets(), 0);
  calls.close();
  await http.close();
});
