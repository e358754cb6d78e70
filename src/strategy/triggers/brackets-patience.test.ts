import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderState } from '#domain/order-state.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft, OrderUpdate } from '../strategy.ts';
import { Brackets } from './brackets.ts';
import { WatchedOrders } from './watched-orders.ts';

const samsung = instrumentId('005930');

function anEntry(): OrderDraft {
  const exits = { stopPrice: won(9_500) };
  return { instrument: samsung, side: 'buy', quantity: quantity(10), price: won(10_000), reason: '', exits };
}

function news(requestId: string, state: OrderState, filled: number, code: string | null = null): OrderUpdate {
  return { requestId, instrument: samsung, side: 'buy', state, filled: quantity(filled), code };
}

/** Brackets of these entries, each of which bought `bought` shares and has ended when those are ten. */
function theBrackets(entries: Readonly<Record<string, OrderDraft>>, bought = 10) {
  const watched = new WatchedOrders();
  const brackets = new Brackets(watched);
  for (const [id, entry] of Object.entries(entries)) brackets.add(id, entry);
  for (const id of Object.keys(entries)) brackets.follow(news(id, bought === 10 ? 'filled' : 'acked', bought), 0);
  const exits = () => watched.all.map(({ requestId, notBeforeMs }) => [requestId, notBeforeMs]);
  /** As the book does: what goes out is out of the watched orders, and none of its mates stays. */
  const send = (id: string, exitId: string): void => {
    watched.removeExits(id);
    brackets.of(id)?.wake(exitId);
  };
  return { watched, brackets, exits, send };
}

describe('Brackets', () => {
  test('Brackets asks again for an exit only as long after it ended as docs/waiting-orders.md says', () => {
    for (const [state, code, waitsMs] of [
      ['denied', 'repeated-order', 60_000],
      ['denied', 'self-cross', 10_000],
      ['rejected', null, 10_000],
      ['expired', null, 1],
    ] as const) {
      const { brackets, exits, send } = theBrackets({ a: anEntry() });
      send('a', 'a-x0s');
      assert.deepEqual(exits(), []);

      brackets.follow(news('a-x0s', state, 0, code), 5_000);

      assert.deepEqual(exits(), [['a-x1s', 5_000 + waitsMs]]);
    }
  });

  test('INV-40 Brackets lets a refused exit wait its time although its entry buys more, each share of which would try it again', () => {
    for (const [code, waitsMs] of [
      ['self-cross', 10_000],
      ['orders-per-minute-account', 60_000],
    ] as const) {
      const { watched, brackets, exits, send } = theBrackets({ a: anEntry() }, 0);
      brackets.follow(news('a', 'partially-filled', 4), 4_000);
      send('a', 'a-x0s');
      brackets.follow(news('a-x0s', 'denied', 0, code), 5_000);
      for (const bought of [5, 6, 7]) brackets.follow(news('a', 'partially-filled', bought), 5_000);

      assert.deepEqual(exits(), [['a-x1s', 5_000 + waitsMs]]);
      assert.equal(watched.all[0]?.draft.quantity, 7, 'it is for all that was bought');
    }
  });

  test('Brackets asks again at once for an exit in whose way its entry stood when that has ended, bought more or not', () => {
    for (const [code, state, bought, notBeforeMs] of [
      ['self-cross', 'cancelled', 4, 0],
      ['self-cross', 'filled', 10, 0],
      ['holding', 'filled', 10, 15_000],
      ['holding', 'cancelled', 4, 15_000],
    ] as const) {
      const { brackets, exits, send } = theBrackets({ a: anEntry() }, 0);
      brackets.follow(news('a', 'partially-filled', 4), 4_000);
      send('a', 'a-x0s');
      brackets.follow(news('a-x0s', 'denied', 0, code), 5_000);

      brackets.follow(news('a', state, bought), 6_000);

      assert.deepEqual(exits(), [['a-x1s', notBeforeMs]], `${code} ${state}`);
    }
  });
});
