import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fixtureOptions } from './kis/fixtures/fixture-broker.ts';
import { brokerNames, openBroker } from './registry.ts';

const options = fixtureOptions({ rest: 'http://127.0.0.1:9', webSocket: 'ws://127.0.0.1:9' });

test('openBroker() opens every broker it names', () => {
  for (const name of brokerNames) assert.equal(openBroker(name, options).name, name);
});

test('openBroker() refuses a name it does not know, and names of every object', () => {
  for (const name of ['kiwi', '', 'constructor']) {
    assert.throws(() => openBroker(name, options), { code: 'brokers.unknown', message: /wanted one of kis/ });
  }
});
