import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderRequest } from '#domain/order.ts';
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
  limitsWith,
  samsung,
} from '../../../tests/support/guard-makers.ts';
import { from, type LimitEdge, passesOf, requestValue, upTo } from '../../../tests/support/limit-edge.ts';
import type { DenialCode } from '../denial.ts';
import { starter } from '../limits.ts';
import { rules } from '../rules.ts';
import type { GuardState } from '../state.ts';

const nineteen = Array.from({ length: 19 }, () => 1);

const edges: readonly LimitEdge[] = [
  {
    name: 'G50 clock-error allows clockErrorMaxMs ahead',
    code: 'clock-error',
    state: (step) => ({ clockErrorMs: 2_000 + step }),
    passes: upTo,
  },
  {
    name: 'G50 clock-error allows clockErrorMaxMs behind',
    code: 'clock-error',
    state: (step) => ({ clockErrorMs: -2_000 - step }),
    passes: upTo,
  },
  {
    name: 'G51 conservation allows no order whose numbers contradict each other',
    code: 'conservation',
    state: (step) => ({ conservationBreaks: step }),
    passes: upTo,
  },
  {
    name: 'G52 quantity-median allows ten times the median of the last twenty, rounded down',
    code: 'quantity-median',
    state: (step) => ({
      recentQuantities: () => [...Array.from({ length: 10 }, () => 1), ...Array.from({ length: 10 }, () => 3)],
      limits: limitsWith({ quantityMedianMultiple: 5 - step }),
    }),
    passes: upTo,
  },
  {
    name: 'G53 traded-value-share allows one hundredth of the average, rounded down',
    code: 'traded-value-share',
    state: (step) => ({ tradedValueAverage: () => won((requestValue - step) * 100 + 99) }),
    passes: upTo,
  },
  {
    name: 'G54 traded-value-minimum buys from tradedValueMin on',
    code: 'traded-value-minimum',
    state: (step) => ({ tradedValueAverage: () => won(1_000_000_000 + step) }),
    passes: from,
  },
  {
    name: 'G55 symbol-new buys newSymbolWaitMs after the listing',
    code: 'symbol-new',
    state: (step) => ({ listedSinceMs: () => ago(starter.newSymbolWaitMs + step) }),
    passes: from,
  },
];

for (const edge of edges) {
  test(`T09 ${edge.name}`, () => assert.deepEqual(passesOf(edge), edge.passes));
}

const unknowns: readonly (readonly [DenialCode, Partial<GuardState>])[] = [
  ['clock-error', { clockErrorMs: null }],
  ['conservation', { conservationBreaks: null }],
  ['traded-value-share', { tradedValueAverage: () => null }],
  ['traded-value-minimum', { tradedValueAverage: () => null }],
  ['symbol-new', { listedSinceMs: () => null }],
  ['quantity-median', { recentQuantities: () => [...nineteen, Number.NaN] }],
];
for (const [code, change] of unknowns) {
  test(`INV-11 ${code} denies when its number is not known, and lets a holding be sold`, () => {
    const state = aState({ ...change, positions: holding(samsung, 10, 700_000) });

    const check = checkOf(code, aRequest(), state);
    assert.equal(check.passed, false);
    assert.ok(Number.isNaN(check.actual) || Number.isNaN(check.limit));
    assert.equal(checkOf(code, aRequest({ side: 'sell' }), state).passed, true);
  });
}

test('G49 a halted strategy sells what is held and nothing more; others and the person go on', () => {
  const haltedStrategies = new Set(['golden-cross']);
  const state = aState({ haltedStrategies, positions: holding(samsung, 10, 700_000) });
  const passes = (change: Partial<OrderRequest>): boolean => checkOf('strategy-halted', aRequest(change), state).passed;

  assert.equal(passes({}), false);
  assert.equal(passes({ side: 'sell' }), true);
  assert.equal(passes({ side: 'sell', quantity: quantity(11) }), false);
  assert.equal(passes({ requester: { kind: 'strategy', name: 'other' } }), true);
  assert.equal(passes({ requester: { kind: 'person', via: 'cli' } }), true);
  assert.deepEqual(
    [checkOf('strategy-halted', aRequest(), state), checkOf('strategy-halted', aRequest({ side: 'sell' }), state)].map(
      ({ actual, limit }) => [actual, limit],
    ),
    [
      [10, 0],
      [10, 10],
    ],
  );
  const oversold = [anOrder({ instrument: samsung, side: 'sell', open: quantity(20) })];
  const beyond = checkOf('strategy-halted', aRequest({ side: 'sell' }), { ...state, ordersOfDay: oversold });
  assert.equal(beyond.limit, 0);
});

test('G49 a strategy named person cannot hide behind the person', () => {
  const state = aState({ haltedStrategies: new Set(['person']) });

  assert.equal(checkOf('strategy-halted', aRequest({ requester: { kind: 'person', via: 'web' } }), state).passed, true);
});

test('G52 binds strategies alone, from twenty orders on, unless the quantity reduces or was confirmed', () => {
  const twenty = [...nineteen, 1];
  const state = (change: Partial<GuardState>): GuardState => aState({ recentQuantities: () => twenty, ...change });
  const eleven = { quantity: quantity(11) };
  const check = (change: Partial<OrderRequest>, of: Partial<GuardState> = {}) =>
    checkOf('quantity-median', aRequest({ ...eleven, ...change }), state(of));

  assert.deepEqual([check({}).passed, check({}).actual, check({}).limit], [false, 11, 10]);
  assert.equal(check({ quantity: quantity(10) }).passed, true);
  assert.deepEqual(
    [check({}, { recentQuantities: () => nineteen }).passed, check({}, { recentQuantities: () => nineteen }).limit],
    [true, 0],
  );
  assert.equal(check({ requester: { kind: 'person', via: 'cli' } }).passed, true);
  assert.equal(check({ side: 'sell' }, { positions: holding(samsung, 11, 1_000) }).passed, true);
  assert.equal(check({ side: 'sell' }, { positions: holding(samsung, 10, 1_000) }).passed, false);
  assert.equal(check({}, { isConfirmed: () => true }).passed, true);
});

test('G52 the median is that of the asking strategy', () => {
  const asked: string[] = [];
  checkOf(
    'quantity-median',
    aRequest(),
    aState({
      recentQuantities: (name) => {
        asked.push(name);
        return [];
      },
    }),
  );

  assert.deepEqual(new Set(asked), new Set(['golden-cross']));
});

test('G22 a confirmed twin goes out within the window', () => {
  const twin = anOrder({ instrument: samsung, price: won(70_000), quantity: quantity(10), atMs: ago(1) });
  const passes = (isConfirmed: boolean): boolean =>
    checkOf('repeated-order', aRequest(), aState({ ordersOfDay: [twin], isConfirmed: () => isConfirmed })).passed;

  assert.equal(passes(false), false);
  assert.equal(passes(true), true);
});

test('G53 G54 G55 bind a sell that adds risk only where it could move the market', () => {
  const sell = aRequest({ side: 'sell' });
  const state = aState({ tradedValueAverage: () => won(0), listedSinceMs: () => ago(0) });

  assert.deepEqual(
    denialsOf(sell, state).filter((code) => code !== 'holding'),
    ['traded-value-share'],
  );
});

test('G53 is exact for what a whole market trades', () => {
  const state = aState({ tradedValueAverage: () => won(2 ** 53 - 1) });

  assert.equal(checkOf('traded-value-share', aRequest(), state).limit, 90_071_992_547_409);
});

test('G56 the tightest of account, strategy and symbol binds, and nobody else is bound by it', () => {
  const strategies = new Map([['golden-cross', { orderValueMax: won(600_000) }]]);
  const symbols = new Map([[samsung, { orderValueMax: won(500_000) }]]);
  const limitOf = (overrides: GuardState['overrides'], change: Partial<OrderRequest> = {}): number =>
    checkOf('order-value', aRequest(change), aState({ overrides })).limit;
  const none = new Map();

  assert.equal(limitOf({ strategies, symbols: none }), 600_000);
  assert.equal(limitOf({ strategies: none, symbols }), 500_000);
  assert.equal(limitOf({ strategies, symbols }), 500_000);
  assert.equal(limitOf({ strategies, symbols: none }, { requester: { kind: 'person', via: 'cli' } }), 1_000_000);
  assert.equal(limitOf({ strategies, symbols: none }, { requester: { kind: 'strategy', name: 'b' } }), 1_000_000);
  assert.equal(limitOf({ strategies: none, symbols }, { instrument: instrumentId('000660') }), 1_000_000);
  assert.equal(
    limitOf({ strategies: new Map([['golden-cross', { orderValueMax: won(2_000_000) }]]), symbols: none }),
    1_000_000,
  );
  const both = new Map([['golden-cross', { orderValueMax: won(400_000) }]]);
  assert.equal(limitOf({ strategies: both, symbols }), 400_000);
});

test('G56 INV-11 limits that cannot be read are none: every rule says no', () => {
  for (const overrides of [
    null,
    { strategies: new Map(), symbols: null },
    { strategies: new Map([['golden-cross', { orderValueMax: won(-1) }]]), symbols: new Map() },
    { strategies: new Map(), symbols: new Map([[samsung, { orderValueMax: Number.NaN as never }]]) },
  ]) {
    const state = aState({ overrides: overrides as never });

    assert.deepEqual(denialsOf(aRequest(), state), Object.keys(rules));
  }
});
