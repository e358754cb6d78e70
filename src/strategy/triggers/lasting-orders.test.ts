import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderState } from '#domain/order-state.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft, OrderUpdate } from '../strategy.ts';
import { LastingOrders } from './lasting-orders.ts';

const samsung = instrumentId('005930');
const [monday, tuesday, wednesday] = [20_261_116, 20_261_117, 20_261_118];

function aDraft(goodTill = tuesday): OrderDraft {
  return { instrument: samsung, side: 'sell', quantity: quantity(10), price: won(10_000), reason: '', goodTill };
}

/** Orders of these ids, good till Tuesday. */
function someOrders(...ids: readonly string[]): LastingOrders {
  const lasting = new LastingOrders();
  for (const id of ids) lasting.add(id, aDraft());
  return lasting;
}

function news(requestId: string, state: OrderState, filled = 0): OrderUpdate {
  return { requestId, instrument: samsung, side: 'sell', state, filled: quantity(filled), code: null };
}

const idsOf = (lasting: LastingOrders): readonly string[] => lasting.all.map(({ requestId }) => requestId);

describe('LastingOrders.follow()', () => {
  test('LastingOrders.follow() gives what is left at the end of a day to the opening of the next, as a new order', () => {
    const lasting = someOrders('a');

    const left = lasting.follow(news('a', 'expired', 4), monday);

    assert.deepEqual(left, {
      requestId: 'a+1',
      draft: { ...aDraft(), quantity: 6 },
      wait: { kind: 'open' },
      extreme: null,
      set: null,
      exitOf: null,
      isLive: false,
      notBeforeMs: 0,
    });
    assert.equal(lasting.isEmpty, true);
  });

  test('INV-02 LastingOrders.follow() asks for nothing more of an order that filled, was taken back or was refused', () => {
    for (const state of ['filled', 'cancelled', 'denied', 'rejected'] as const) {
      const lasting = someOrders('a');

      assert.equal(lasting.follow(news('a', state, 4), monday), null, state);
      assert.equal(lasting.isEmpty, true, state);
      assert.equal(lasting.follow(news('a', 'expired', 4), monday), null, state);
    }
  });

  test('INV-05 LastingOrders.follow() asks for nothing while an order goes on or what became of it is unknown', () => {
    const lasting = someOrders('a');

    for (const state of ['acked', 'partially-filled', 'unknown', 'escalated'] as const) {
      assert.equal(lasting.follow(news('a', state, 4), monday), null);
    }
    assert.deepEqual(idsOf(lasting), ['a']);
    assert.equal(lasting.follow(news('a', 'expired', 4), monday)?.draft.quantity, 6);
  });

  test('LastingOrders.follow() goes on until the last day and not beyond', () => {
    assert.equal(someOrders('a').follow(news('a', 'expired'), tuesday - 1)?.requestId, 'a+1');
    assert.equal(someOrders('a').follow(news('a', 'expired'), tuesday), null);
    assert.equal(someOrders('a').follow(news('a', 'expired'), wednesday), null);
  });

  test('LastingOrders.follow() passes over the news of orders for a day', () => {
    const lasting = someOrders('a');

    assert.equal(lasting.follow(news('b', 'expired'), monday), null);
    assert.deepEqual(idsOf(lasting), ['a']);
  });
});

describe('LastingOrders.delete()', () => {
  test('LastingOrders.delete() takes back an order and its parts of later days, and no other', () => {
    const lasting = someOrders('a', 'b', 'ab+1');
    assert.equal(lasting.delete('a'), false, 'it is the first day itself');
    assert.deepEqual(idsOf(lasting), ['b', 'ab+1']);

    const later = someOrders('a+2', 'b+2');
    assert.deepEqual([later.delete('a'), later.delete('a')], [true, false]);
    assert.deepEqual(idsOf(later), ['b+2']);
  });

  test('LastingOrders.delete() leaves the part of a later day when one of an earlier is not the first of it', () => {
    const lasting = someOrders('a+1');

    lasting.delete('a+2');
    assert.deepEqual(idsOf(lasting), ['a+1']);
    lasting.delete('a+1');
    assert.equal(lasting.isEmpty, true);
  });
});

describe('LastingOrders.endUnheard()', () => {
  test('LastingOrders.endUnheard() ends those whose last day is over and of which nobody knows, and no other', () => {
    const lasting = new LastingOrders();
    lasting.add('over', aDraft(monday));
    lasting.add('over and known', aDraft(monday));
    lasting.add('of today', aDraft(tuesday));
    lasting.add('of tomorrow', aDraft(wednesday));

    lasting.endUnheard((requestId) => requestId === 'over and known', tuesday);

    assert.deepEqual(idsOf(lasting), ['over and known', 'of today', 'of tomorrow']);
  });
});
