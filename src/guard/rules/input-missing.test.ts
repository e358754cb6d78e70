import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import {
  ago,
  anOrder,
  aRequest,
  aState,
  checkOf,
  denialsOf,
  holding,
  samsung,
} from '../../../tests/support/guard-makers.ts';
import { starter } from '../limits.ts';
import type { GuardState } from '../state.ts';

const badNumbers = [Number.NaN, Infinity, -Infinity, -0, -1, 0.5, 1e-7, 2 ** 53, null, undefined, '1', 10n];

/** A value as a bug or a hostile message would bring it, past the compiler. */
function forced(value: unknown): never {
  return value as never;
}

for (const bad of badNumbers) {
  const name = Object.is(bad, -0) ? '-0' : `${typeof bad} ${String(bad)}`;

  test(`G6 decide() denies a request with ${name} as quantity or price`, () => {
    for (const field of ['quantity', 'price'] as const) {
      const request = aRequest({ [field]: forced(bad) });

      assert.ok(denialsOf(request, aState()).includes('input-missing'), field);
    }
  });

  test(`G6 decide() denies when ${name} stands where the state wants a price, a count or a limit`, () => {
    const states: readonly Partial<GuardState>[] = [
      { basePrice: () => forced(bad) },
      { lastTrade: () => ({ price: forced(bad), atMs: ago(0) }) },
      { positions: new Map([[samsung, { instrument: samsung, quantity: forced(bad), cost: won(0) }]]) },
      { positions: new Map([[samsung, { instrument: samsung, quantity: quantity(1), cost: forced(bad) }]]) },
      ...(['price', 'quantity', 'filled', 'open'] as const).map((field) => ({
        ordersOfDay: [anOrder({ [field]: forced(bad) })],
      })),
      ...Object.keys(starter).map((limit) => ({ limits: { ...starter, [limit]: forced(bad) } })),
    ];

    for (const state of states) assert.ok(denialsOf(aRequest(), aState(state)).includes('input-missing'));
  });
}

test('G6 decide() denies when cash, equity or the result of the day is missing or no whole number', () => {
  for (const field of ['cash', 'equity', 'profitOfDay'] as const) {
    for (const bad of [null, Number.NaN, Infinity, -0, 0.5]) {
      assert.ok(denialsOf(aRequest(), aState({ [field]: bad })).includes('input-missing'), `${field} ${bad}`);
    }
  }
});

test('G6 a sell gets no exception from missing inputs', () => {
  const request = aRequest({ side: 'sell' });

  assert.deepEqual(denialsOf(request, aState({ positions: holding(samsung, 10, 1_000), cash: null })), [
    'input-missing',
  ]);
});

test('G6 negative cash and a loss are amounts like any other', () => {
  const state = aState({ cash: won(-1), profitOfDay: won(-1), positions: holding(samsung, 10, 1_000) });

  assert.deepEqual(denialsOf(aRequest({ side: 'sell' }), state), []);
});

test('G6 decide() counts every input that is missing', () => {
  const state = aState({ cash: null, basePrice: () => null, lastTrade: () => null, designation: () => null });

  assert.deepEqual(checkOf('input-missing', aRequest(), state), {
    code: 'input-missing',
    actual: 4,
    limit: 0,
    unit: 'none',
    passed: false,
  });
});

test('G6 decide() denies words it does not know', () => {
  const bad: readonly object[] = [
    { side: 'short' },
    { timeInForce: 'gtc' },
    { instrument: 'KRX:00593' },
    { instrument: 'NXT:005930' },
    { requestId: '' },
    { requester: { kind: 'strategy', name: '' } },
    { requester: { kind: 'strategy', name: 'person' } },
    { requester: { kind: 'root' } },
  ];

  for (const change of bad) {
    assert.ok(denialsOf(aRequest(change), aState()).includes('input-missing'), JSON.stringify(change));
  }
});

test('G6 decide() denies when a position is filed under another instrument', () => {
  const positions = new Map([
    [samsung, { instrument: 'KRX:000660', quantity: quantity(10), cost: won(1_000) } as const],
  ]);

  assert.ok(denialsOf(aRequest({ side: 'sell' }), aState({ positions })).includes('input-missing'));
});

test('G6 decide() wants prices and quantities above zero, except for the price of a market order', () => {
  const broken = (change: object, state: object = {}) =>
    checkOf('input-missing', aRequest(change), aState(state)).actual;

  assert.equal(broken({ price: 0 }), 1);
  assert.equal(broken({ quantity: 0 }), 1);
  assert.equal(broken({ type: 'market', price: 0 }), 0);
  assert.equal(broken({}, { basePrice: () => 0 }), 1);
  assert.equal(broken({}, { ordersOfDay: [anOrder({ price: won(0) })] }), 1);
});

test('G6 decide() knows both sides of the orders of the day and no third', () => {
  const broken = (side: unknown) =>
    checkOf('input-missing', aRequest(), aState({ ordersOfDay: [anOrder({ side: forced(side) })] })).actual;

  assert.deepEqual([broken('buy'), broken('sell'), broken('short')], [0, 0, 1]);
});
