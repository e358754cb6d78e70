import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { InstrumentId } from '#domain/instrument.ts';

import { WatchList } from './watch-list.ts';

const id = (number: number): InstrumentId => `KRX:${String(number).padStart(6, '0')}`;
const person = { kind: 'person' } as const;
const runner = { kind: 'strategy', connectionId: 7 } as const;
const nothing = { ordered: [], held: [], listed: [], room: 20 };

test('WatchList puts open orders first, then holdings, strategies and people, each once', () => {
  const list = new WatchList();
  list.want(id(5), person);
  list.want(id(4), runner);
  list.want(id(3), runner);
  list.want(id(1), person);

  const wanted = list.inOrder({ ...nothing, ordered: [id(1)], held: [id(2), id(1)] });

  assert.deepEqual(wanted, [1, 2, 4, 3, 5].map(id));
});

test('WatchList takes the newest twenty of a person and forgets the oldest', () => {
  const list = new WatchList();
  for (let number = 1; number <= 25; number += 1) list.want(id(number), person);

  assert.deepEqual(
    list.inOrder(nothing),
    Array.from({ length: 20 }, (_, index) => id(25 - index)),
  );
  assert.equal(list.want(id(25), person), false, 'the newest once more changes nothing');
});

test('WatchList forgets what strategies wanted when their runner is gone', () => {
  const list = new WatchList();
  list.want(id(1), runner);

  assert.equal(list.want(id(1), runner), false);
  assert.equal(list.forget(runner.connectionId), true);

  assert.deepEqual(list.inOrder(nothing), []);
  assert.equal(list.forget(runner.connectionId), false);
});

test('WatchList fills up with listings only as far as each can have trades and book', () => {
  const list = new WatchList();
  list.want(id(1), runner);

  const needs = { ...nothing, listed: [id(1), id(2), id(3), id(4)], room: 3 };

  assert.deepEqual(list.inOrder(needs), [1, 2, 3].map(id));
  assert.deepEqual(list.inOrder({ ...needs, held: [5, 6, 7].map(id) }), [5, 6, 7, 1].map(id));
});
