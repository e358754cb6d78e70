import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FixConfiguration } from '#domain/errors.ts';
import { InvariantError } from '#domain/invariant.ts';

import type { KisEndpoint } from './endpoints/endpoint.ts';
import { kisHosts } from './endpoints/hosts.ts';
import { overseasEndpoints } from './endpoints/overseas.ts';
import { quoteEndpoints } from './endpoints/quotes.ts';
import { signInEndpoints } from './endpoints/sign-in.ts';
import { tradingEndpoints } from './endpoints/trading.ts';
import { fixtureOptions } from './fixtures/fixture-broker.ts';
import { checkHosts } from './hosts.ts';
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
