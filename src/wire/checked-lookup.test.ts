import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import { test } from 'node:test';

import { checkedLookup } from './checked-lookup.ts';

/** What the lookup makes of a name that resolves to these addresses: the addresses it lets through, or its code. */
function looked(hostname: string, addresses: readonly string[], all = true): Promise<string> {
  const answer: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const lookup = checkedLookup((_hostname, _options, callback) => callback(null, answer));
  return new Promise((resolve) => {
    lookup(hostname, { all }, (error, found) => {
      if (error !== null) resolve(error.code ?? error.message);
      else resolve(typeof found === 'string' ? found : found.map(({ address }) => address).join(' '));
    });
  });
}

const refused = 'wire.address-not-allowed';

test('INV-14 checkedLookup() refuses a public name that leads to this machine or its network, in either family', async () => {
  const inside = [
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    'fd00::1',
    'fe80::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '::7f00:1',
  ];

  const codes = await Promise.all(inside.map((address) => looked('openapi.example.com', [address])));

  assert.deepEqual(
    inside.filter((_, index) => codes[index] !== refused),
    [],
  );
});

test('INV-14 checkedLookup() refuses the whole answer when one of its addresses leads inside, whatever its family', async () => {
  const mixed = ['203.0.114.7', '::1'];

  assert.deepEqual(
    [await looked('openapi.example.com', mixed), await looked('openapi.example.com', mixed.toReversed(), false)],
    [refused, refused],
  );
});

test('checkedLookup() lets public addresses through, all of them or the first', async () => {
  const addresses = ['203.0.114.7', '2606:4700::1111', '172.32.0.1', '192.169.0.1', '64:ff9b::203.0.114.7'];

  assert.equal(await looked('openapi.example.com', addresses), addresses.join(' '));
  assert.equal(await looked('openapi.example.com', addresses, false), addresses[0]);
});

test('checkedLookup() lets localhost mean loopback and nothing else', async () => {
  assert.deepEqual(
    await Promise.all(
      ['127.0.0.1', '::1', '203.0.114.7', '192.168.0.1'].map((address) => looked('localhost', [address])),
    ),
    ['127.0.0.1', '::1', refused, refused],
  );
});

test('checkedLookup() refuses a name without an address, and hands an error on', async () => {
  const failing = checkedLookup((_hostname, _options, callback) => callback(new Error('no such name'), []));
  const error = await new Promise((resolve) => failing('a.example.com', { all: true }, (failure) => resolve(failure)));

  assert.equal(await looked('a.example.com', []), refused);
  assert.match(String(error), /no such name/);
});
