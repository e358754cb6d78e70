import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { ago, anOrder, manyOrders, samsung } from '../../../tests/support/guard-makers.ts';
import { below, from, type LimitEdge, passesOf, upTo } from '../../../tests/support/limit-edge.ts';

const edges: readonly LimitEdge[] = [
  {
    name: 'G17 orders-per-minute-account allows ordersPerMinuteAccountMax',
    code: 'orders-per-minute-account',
    state: (step) => ({ ordersOfDay: manyOrders(9 + step, { atMs: ago(59_999) }) }),
    passes: upTo,
  },
  {
    name: 'G17 orders-per-minute-account forgets an order after 60,000 ms',
    code: 'orders-per-minute-account',
    state: (step) => ({ ordersOfDay: manyOrders(10, { atMs: ago(60_000 + step) }) }),
    passes: from,
  },
  {
    name: 'G18 orders-per-minute-strategy allows ordersPerMinuteStrategyMax',
    code: 'orders-per-minute-strategy',
    state: (step) => ({ ordersOfDay: manyOrders(4 + step, { atMs: ago(1), requester: 'golden-cross' }) }),
    passes: upTo,
  },
  {
    name: 'G19 orders-per-day allows ordersPerDayMax',
    code: 'orders-per-day',
    state: (step) => ({ ordersOfDay: manyOrders(99 + step) }),
    passes: upTo,
  },
  {
    name: 'G20 cancels-per-minute allows cancelsPerMinuteMax before a new order',
    code: 'cancels-per-minute',
    state: (step) => ({ cancelsOfDay: Array.from({ length: 20 + step }, () => ago(59_999)) }),
    passes: upTo,
  },
  {
    name: 'G20 cancels-per-minute forgets a cancel after 60,000 ms',
    code: 'cancels-per-minute',
    state: (step) => ({ cancelsOfDay: Array.from({ length: 21 }, () => ago(60_000 + step)) }),
    passes: from,
  },
  {
    name: 'G21 cancel-fill-ratio allows cancelFillRatioMax cancels for each filled order',
    code: 'cancel-fill-ratio',
    state: (step) => ({
      ordersOfDay: [...manyOrders(2), ...manyOrders(18, { filled: quantity(0) })],
      cancelsOfDay: Array.from({ length: 20 + step }, () => ago(3_600_000)),
    }),
    passes: upTo,
  },
  {
    name: 'G21 cancel-fill-ratio says nothing before 20 orders of the day',
    code: 'cancel-fill-ratio',
    state: (step) => ({
      ordersOfDay: manyOrders(20 + step, { filled: quantity(0) }),
      cancelsOfDay: Array.from({ length: 11 }, () => ago(3_600_000)),
    }),
    passes: below,
  },
  {
    name: 'G22 repeated-order lets the same order out again after repeatedOrderWindowMs',
    code: 'repeated-order',
    state: (step) => ({
      ordersOfDay: [
        anOrder({
          instrument: samsung,
          price: won(70_000),
          quantity: quantity(10),
          requester: 'person',
          atMs: ago(60_000 + step),
        }),
      ],
    }),
    passes: from,
  },
  {
    name: 'G23 small-order-repetition allows smallOrdersPerSymbolMax orders of ten shares',
    code: 'small-order-repetition',
    state: (step) => ({ ordersOfDay: manyOrders(19 + step, { instrument: samsung, quantity: quantity(10) }) }),
    passes: upTo,
  },
];

for (const edge of edges) {
  test(edge.name, () => assert.deepEqual(passesOf(edge), edge.passes));
}
