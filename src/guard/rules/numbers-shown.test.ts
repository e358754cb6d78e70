import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderRequest } from '#domain/order.ts';
import { won } from '#domain/won.ts';
import {
  ago,
  allPermits,
  anOrder,
  aRequest,
  aState,
  checkOf,
  holding,
  limitsWith,
  samsung,
  tenOClock,
} from '../../../tests/support/guard-makers.ts';
import { decide } from '../decide.ts';
import type { DenialCode } from '../denial.ts';
import type { GuardState } from '../state.ts';

/** The number found and the number allowed, for every rule: ten shares at 70,000 won in an empty account. */
const ofABuy: Readonly<Record<DenialCode, readonly [actual: number, limit: number]>> = {
  halted: [0, 0],
  'watchdog-lost': [0, 2_500],
  'strategy-halted': [0, 0],
  'lane-closed': [0, 0],
  'input-missing': [0, 0],
  'clock-error': [0, 2_000],
  conservation: [0, 0],
  'order-type': [0, 0],
  'order-session': [0, 0],
  'order-venue': [0, 0],
  'tick-size': [70_000, 100],
  'price-limit': [70_000, 91_000],
  'stop-tick-size': [0, 0],
  'stop-price-limit': [0, 0],
  'price-collar': [0, 2_100],
  'price-stale': [1_000, 5_000],
  'order-value': [700_000, 1_000_000],
  'traded-value-share': [700_000, 10_000_000_000],
  'quantity-median': [0, 0],
  'open-value': [700_000, 2_000_000],
  'day-value-account': [700_000, 5_000_000],
  'day-value-strategy': [700_000, 3_000_000],
  'orders-per-minute-account': [1, 10],
  'orders-per-minute-strategy': [1, 5],
  'orders-per-day': [1, 100],
  'cancels-per-minute': [0, 20],
  'cancel-fill-ratio': [0, 10],
  'repeated-order': [60_000, 60_000],
  'small-order-repetition': [1, 20],
  universe: [0, 0],
  'symbol-new': [86_400_000, 86_400_000],
  'price-minimum': [70_000, 1_000],
  'traded-value-minimum': [1_000_000_000_000, 1_000_000_000],
  designation: [0, 0],
  'position-value': [700_000, 2_000_000],
  'position-count': [1, 5],
  exposure: [700_000, 10_000_000],
  'daily-loss': [0, 300_000],
  'self-cross': [0, 0],
  session: [0, 0],
  'entry-window': [18_000_000, 300_000],
  cash: [701_400, 10_000_000],
  holding: [0, 0],
};

function numbersOf(request: OrderRequest, state: GuardState) {
  return Object.fromEntries(decide(request, state).checks.map(({ code, actual, limit }) => [code, [actual, limit]]));
}

test('decide() shows for every rule the number found and the number allowed', () => {
  assert.deepEqual(numbersOf(aRequest(), aState()), ofABuy);
});

test('decide() shows what the person asks as bound by no rule of strategies', () => {
  assert.deepEqual(numbersOf(aRequest({ requester: { kind: 'person', via: 'web' } }), aState()), {
    ...ofABuy,
    'day-value-strategy': [0, 3_000_000],
    'orders-per-minute-strategy': [0, 5],
  });
});

test('decide() adds nothing for a sell of what is held, and shows no loss on a day in profit', () => {
  const state = aState({ positions: holding(samsung, 10, 650_000), profitOfDay: won(5_000) });

  assert.deepEqual(numbersOf(aRequest({ side: 'sell' }), state), {
    ...ofABuy,
    cash: [0, 10_000_000],
    holding: [10, 10],
  });
});

test('INV-11 decide() shows NaN for whatever is not known, and denies by it', () => {
  const unknown = Number.NaN;
  const state = aState({
    cash: null,
    equity: null,
    profitOfDay: null,
    session: null,
    clockErrorMs: null,
    conservationBreaks: null,
    watchdogSilentMs: null,
    basePrice: () => null,
    lastTrade: () => null,
    designation: () => null,
    listedSinceMs: () => null,
    tradedValueAverage: () => null,
    universe: new Map(),
  });
  const verdict = decide(aRequest(), state);
  const numbers = {
    'watchdog-lost': [unknown, 2_500],
    'input-missing': [6, 0],
    'clock-error': [unknown, 2_000],
    conservation: [unknown, 0],
    'tick-size': [70_000, unknown],
    'price-limit': [70_000, unknown],
    'price-collar': [unknown, unknown],
    'price-stale': [unknown, 5_000],
    'traded-value-share': [700_000, unknown],
    universe: [1, 0],
    'symbol-new': [unknown, 86_400_000],
    'traded-value-minimum': [unknown, 1_000_000_000],
    designation: [1, 0],
    exposure: [700_000, unknown],
    'daily-loss': [unknown, unknown],
    session: [unknown, 0],
    'entry-window': [unknown, 300_000],
    cash: [701_400, unknown],
  };

  assert.deepEqual(numbersOf(aRequest(), state), { ...ofABuy, ...numbers });
  assert.ok(verdict.kind === 'denied');
  assert.deepEqual(
    verdict.denials.map(({ code }) => code),
    Object.keys(numbers),
  );
});

test('decide() counts every broken limit and every broken holding as one input', () => {
  const limits = limitsWith({ orderValueMax: -1 as never, ordersPerDayMax: 0.5 });
  const positions = new Map([
    [samsung, { instrument: samsung, quantity: -1 as never, cost: won(0) }],
    [instrumentId('000660'), { instrument: samsung, quantity: 1 as never, cost: won(0) }],
  ]);

  assert.equal(checkOf('input-missing', aRequest(), aState({ limits, positions })).actual, 4);
});

test('decide() rounds what it allows down: the collar, the median, the margin of cash in full', () => {
  const twenty = [...Array.from({ length: 10 }, () => 1), ...Array.from({ length: 10 }, () => 2)];
  const state = aState({
    lastTrade: () => ({ price: won(70_033), atMs: ago(0) }),
    recentQuantities: () => twenty,
    limits: limitsWith({ quantityMedianMultiple: 3 }),
  });

  // 300 basis points of 70,033 are 2,100.99; three times the median of 1.5 is 4.5; 0.2 % of 20,006,000 is 40,012.
  assert.equal(checkOf('price-collar', aRequest(), state).limit, 2_100);
  assert.equal(checkOf('quantity-median', aRequest(), state).limit, 4);
  const large = aRequest({ price: won(71_450), quantity: 280 as never });
  assert.equal(checkOf('cash', large, state).actual, 20_006_000 + 40_012);
});

test('INV-11 decide() allows no distance where the product of price and collar is no exact number', () => {
  const lastTrade = () => ({ price: won(2 ** 52), atMs: ago(0) });

  assert.ok(Number.isNaN(checkOf('price-collar', aRequest(), aState({ lastTrade })).limit));
});

test('G25 price-minimum looks at the price of a limit order, whatever traded last', () => {
  const lastTrade = () => ({ price: won(900), atMs: ago(0) });

  assert.equal(checkOf('price-minimum', aRequest(), aState({ lastTrade })).actual, 70_000);
});

test('G23 small-order-repetition does not count a large order itself', () => {
  assert.equal(checkOf('small-order-repetition', aRequest({ quantity: 11 as never }), aState()).actual, 0);
});

test('G56 a person is bound by no limit of a strategy, whatever its name', () => {
  const strategies = new Map([['person', { orderValueMax: won(1) }]]);
  const overrides = { strategies, symbols: new Map() };
  const request = aRequest({ requester: { kind: 'person', via: 'cli' } });

  assert.equal(checkOf('order-value', request, aState({ overrides })).limit, 1_000_000);
});

test('G12 a session that has no window and a trade from beyond two seconds ahead are outside', () => {
  const state = aState({
    session: { opensAtMs: tenOClock + 7, closesAtMs: ago(-3_600_000) },
  });

  assert.equal(checkOf('session', aRequest(), state).actual, 7);
  const over = aState({ session: { opensAtMs: ago(10), closesAtMs: ago(4) } });
  assert.equal(checkOf('session', aRequest(), over).actual, 5);
});

test('G29 exposure and position-value leave out what a sell of the holding would add', () => {
  const state = aState({ positions: holding(samsung, 20, 1_600_000), ordersOfDay: [anOrder({ open: 3 as never })] });
  const sell = aRequest({ side: 'sell' });

  assert.equal(checkOf('position-value', sell, state).actual, 1_600_000);
  assert.equal(checkOf('exposure', sell, state).actual, 1_603_000);
});

test('G11 G25 an order without a price shows no distance, and the last trade as its price', () => {
  const market = aRequest({ type: 'market', price: won(0) });
  const state = aState({ permits: allPermits });

  assert.deepEqual(checkOf('price-collar', market, state).actual, 0);
  assert.deepEqual(checkOf('price-minimum', market, state).actual, 70_000);
  assert.ok(Number.isNaN(checkOf('price-minimum', market, { ...state, lastTrade: () => null }).actual));
});

test('G11 a stop-limit order is measured from its stop price, and from nothing without one', () => {
  const state = aState({ permits: allPermits });
  const check = (stopPrice: object) =>
    checkOf('price-collar', aRequest({ type: 'stop-limit', price: won(80_500), ...stopPrice }), state);

  assert.deepEqual([check({ stopPrice: won(80_000) }).actual, check({ stopPrice: won(80_000) }).limit], [500, 2_400]);
  assert.ok(Number.isNaN(check({}).actual));
});
