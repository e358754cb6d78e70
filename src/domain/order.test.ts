import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesPrice, sessionOf, venueOf, type OrderType } from './order.ts';

const types: readonly OrderType[] = ['limit', 'market', 'conditional-limit', 'best', 'priority', 'mid', 'stop-limit'];

test('namesPrice() is true for the three types that carry a limit price', () => {
  assert.deepEqual(types.filter(namesPrice), ['limit', 'conditional-limit', 'stop-limit']);
});

test('venueOf() and sessionOf() take what was not said as KRX and the regular session', () => {
  assert.deepEqual([venueOf({}), sessionOf({})], ['KRX', 'regular']);
  assert.deepEqual([venueOf({ venue: 'NXT' }), sessionOf({ session: 'pre-market' })], ['NXT', 'pre-market']);
});
