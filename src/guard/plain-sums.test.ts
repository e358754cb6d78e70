import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { ago, anOrder, aState, holding, manyOrders, samsung } from '../../tests/support/guard-makers.ts';
import { openShares } from './open-orders.ts';
import { cancelsOfMinute, cancelsPerFill, ordersOfMinute } from './order-counts.ts';
import { sellableShares } from './risk-reducing.ts';
import { smallOrdersOf } from './small-orders.ts';

const hynix = instrumentId('000660');

test('openShares() and sellableShares() look at one instrument and one side', () => {
  const ordersOfDay = [
    anOrder({ instrument: samsung, side: 'sell', open: quantity(2) }),
    anOrder({ instrument: samsung, side: 'sell', open: quantity(3) }),
    anOrder({ instrument: samsung, side: 'buy', open: quantity(10) }),
    anOrder({ instrument: hynix, side: 'sell', open: quantity(20) }),
  ];
  const state = aState({ ordersOfDay, positions: holding(samsung, 7, 1_000) });

  assert.deepEqual(
    [openShares(state, samsung, 'sell'), openShares(state, samsung, 'buy'), openShares(state, hynix, 'buy')],
    [5, 10, 0],
  );
  assert.deepEqual([sellableShares(state, samsung), sellableShares(state, hynix)], [2, -20]);
});

test('ordersOfMinute() and cancelsOfMinute() forget what is 60,000 ms old, and not what lies ahead', () => {
  const ages = [-1, 0, 59_999, 60_000, 60_001];
  const ordersOfDay = ages.map((age) => anOrder({ atMs: ago(age), requester: String(age) }));
  const state = aState({ ordersOfDay, cancelsOfDay: ages.map(ago) });
  const counted: string[] = [];
  const count = ordersOfMinute(state, ({ requester }) => counted.push(requester) > 0);

  assert.deepEqual([count, cancelsOfMinute(state), counted.length], [3, 3, 5]);
  assert.equal(
    ordersOfMinute(state, ({ requester }) => requester === '0'),
    1,
  );
});

test('cancelsPerFill() grants one fill and counts each order that filled, be it by one share', () => {
  const cancelsOfDay = Array.from({ length: 12 }, () => ago(0));
  const ratio = (filled: readonly number[]) =>
    cancelsPerFill(
      aState({ cancelsOfDay, ordersOfDay: filled.map((shares) => anOrder({ filled: quantity(shares) })) }),
    );

  assert.deepEqual([ratio([]), ratio([0]), ratio([1]), ratio([1, 5, 0]), ratio([1, 1, 1])], [12, 12, 12, 6, 4]);
});

test('smallOrdersOf() counts orders of ten shares and fewer in one symbol', () => {
  const ordersOfDay = [
    ...manyOrders(2, { instrument: samsung, quantity: quantity(10) }),
    ...manyOrders(3, { instrument: samsung, quantity: quantity(9) }),
    ...manyOrders(4, { instrument: samsung, quantity: quantity(11) }),
    anOrder({ instrument: hynix, quantity: quantity(1) }),
  ];

  assert.deepEqual([smallOrdersOf(aState({ ordersOfDay }), samsung), smallOrdersOf(aState(), samsung)], [5, 0]);
});
