import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { Wait, WatchedOrder } from './watched-order.ts';
import { WatchedOrders } from './watched-orders.ts';

const samsung = instrumentId('005930');
const stop: Wait = { kind: 'stop', price: won(9_500) };
const target: Wait = { kind: 'target', price: won(10_500) };
const trailing: Wait = { kind: 'trailing', distanceBps: 2_000 };
const all = (): boolean => true;

function anOrder(requestId: string, wait: Wait, exitOf: string | null = null): WatchedOrder {
  const draft = { instrument: samsung, side: 'sell', quantity: quantity(10), price: won(10_000), reason: '' } as const;
  return { requestId, draft, wait, extreme: null, set: exitOf, exitOf, isLive: true, notBeforeMs: 0 };
}

const idsOf = (orders: readonly WatchedOrder[]): readonly string[] => orders.map(({ requestId }) => requestId);

describe('WatchedOrders.touched()', () => {
  test('WatchedOrders.touched() believes stops before targets in one bar, whichever was asked for first', () => {
    const watched = new WatchedOrders([anOrder('target', target), anOrder('stop', stop), anOrder('second stop', stop)]);

    const touched = watched.touched(all, { open: 10_000, high: 10_500, low: 9_500, close: 10_000 });

    assert.deepEqual(idsOf(touched.map(({ order }) => order)), ['stop', 'second stop', 'target']);
  });

  test('WatchedOrders.touched() believes a target that the open reaches before a stop that comes later', () => {
    const watched = new WatchedOrders([anOrder('stop', stop), anOrder('target', target)]);

    const touched = watched.touched(all, { open: 10_500, high: 10_500, low: 9_500, close: 10_000 });

    assert.deepEqual(
      touched.map(({ order, touch }) => [order.requestId, touch.price]),
      [
        ['target', 10_500],
        ['stop', 9_500],
      ],
    );
  });

  test('WatchedOrders.touched() leaves alone what is not asked, trailing stops too', () => {
    const watched = new WatchedOrders([anOrder('stop', stop), anOrder('trailing', trailing)]);

    const touched = watched.touched(() => false, { open: 9_000, high: 9_000, low: 9_000, close: 9_000 });

    assert.deepEqual([touched, watched.all[1]?.extreme, watched.moves], [[], null, 0]);
  });

  test('WatchedOrders.moves counts each time that a bar moved a trailing stop, and no bar that did not', () => {
    const watched = new WatchedOrders([anOrder('stop', stop), anOrder('trailing', trailing)]);
    const moves = [10_000, 10_000, 9_900, 10_100, 10_100].map((price) => {
      watched.touched(all, { open: price, high: price, low: price, close: price });
      return watched.moves;
    });

    assert.deepEqual(moves, [1, 1, 1, 2, 2]);
  });
});

describe('WatchedOrders.remove()', () => {
  test('WatchedOrders.remove() hands out what it takes and keeps the rest in its order', () => {
    const watched = new WatchedOrders(['a', 'b', 'c'].map((id) => anOrder(id, stop)));

    assert.deepEqual(idsOf(watched.remove(({ requestId }) => requestId === 'b')), ['b']);
    assert.deepEqual(
      watched.remove(({ requestId }) => requestId === 'b'),
      [],
    );
    assert.deepEqual([idsOf(watched.all), watched.count], [['a', 'c'], 2]);
  });

  test('WatchedOrders.removeExits() takes the exits of one entry, no others and no orders of its own', () => {
    const watched = new WatchedOrders([anOrder('a', stop), anOrder('b', stop, 'entry'), anOrder('c', stop, 'another')]);

    watched.removeExits('entry');

    assert.deepEqual(idsOf(watched.all), ['a', 'c']);
  });
});
