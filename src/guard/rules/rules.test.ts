import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Designation, instrumentId } from '#domain/instrument.ts';
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
  manyOrders,
  samsung,
} from '../../../tests/support/guard-makers.ts';

const sell = aRequest({ side: 'sell' });
const heldTen = holding(samsung, 10, 700_000);

test('G4 decide() denies a buy while halted and lets the sell of a holding through', () => {
  assert.deepEqual(denialsOf(aRequest(), aState({ isHalted: true })), ['halted']);
  assert.deepEqual(denialsOf(sell, aState({ isHalted: true, positions: heldTen })), []);
});

test('G5 decide() denies in the lane that an unknown order closed, and only there', () => {
  const closedLanes = new Set(['KRX:005930/sell'] as const);

  assert.deepEqual(denialsOf(sell, aState({ closedLanes, positions: heldTen })), ['lane-closed']);
  assert.deepEqual(denialsOf(aRequest(), aState({ closedLanes })), []);
});

test('G16 G18 the person is bound by the limits of the account only', () => {
  const request = aRequest({ requester: { kind: 'person', via: 'web' } });
  const ordersOfDay = manyOrders(6, { requester: 'person', price: won(5_000), atMs: ago(1) });

  assert.deepEqual(denialsOf(request, aState({ ordersOfDay })), []);
  assert.deepEqual(denialsOf(request, aState({ ordersOfDay: manyOrders(10, { requester: 'person', atMs: ago(1) }) })), [
    'orders-per-minute-account',
  ]);
});

test('G17 an order whose time lies in the future counts as one of this minute', () => {
  const ordersOfDay = manyOrders(10, { atMs: ago(-5_000) });

  assert.equal(checkOf('orders-per-minute-account', aRequest(), aState({ ordersOfDay })).passed, false);
});

test('G17 the order of the list does not matter', () => {
  const mixed = [...manyOrders(5, { atMs: ago(1) }), ...manyOrders(5), ...manyOrders(5, { atMs: ago(2) })];

  assert.equal(checkOf('orders-per-minute-account', aRequest(), aState({ ordersOfDay: mixed })).actual, 11);
});

test('G20 G21 too many cancels never hold back the sell of a holding', () => {
  const state = aState({
    positions: heldTen,
    ordersOfDay: manyOrders(20, { filled: quantity(0) }),
    cancelsOfDay: Array.from({ length: 50 }, () => ago(1)),
  });

  assert.deepEqual(denialsOf(sell, state), []);
  assert.deepEqual(denialsOf(aRequest(), state), ['cancels-per-minute', 'cancel-fill-ratio']);
});

test('G22 decide() denies a twin of another requester, and lets through what differs in one thing', () => {
  const twin = { instrument: samsung, price: won(70_000), quantity: quantity(10), atMs: ago(1) } as const;
  const passes = (change: object) =>
    checkOf('repeated-order', aRequest(), aState({ ordersOfDay: [anOrder({ ...twin, ...change })] })).passed;

  assert.equal(passes({}), false);
  assert.equal(passes({ atMs: ago(-1) }), false);
  assert.equal(passes({ price: won(70_100) }), true);
  assert.equal(passes({ quantity: quantity(11) }), true);
  assert.equal(passes({ side: 'sell' }), true);
  assert.equal(passes({ instrument: instrumentId('000660') }), true);
});

test('G23 eleven shares are not small, and selling all that is left passes', () => {
  const ordersOfDay = manyOrders(20, { instrument: samsung, quantity: quantity(1) });
  const passes = (change: object, held: number) =>
    checkOf(
      'small-order-repetition',
      aRequest(change),
      aState({ ordersOfDay, positions: holding(samsung, held, 1_000) }),
    ).passed;

  assert.equal(passes({ quantity: quantity(11) }, 0), true);
  assert.equal(passes({ side: 'sell' }, 10), true);
  assert.equal(passes({ side: 'sell' }, 11), false);
});

test('G24 decide() denies what is not in the universe, buys and sells alike', () => {
  const instrument = instrumentId('999990');
  const state = aState({ positions: holding(instrument, 10, 700_000) });

  assert.ok(denialsOf(aRequest({ instrument }), state).includes('universe'));
  assert.ok(denialsOf(aRequest({ instrument, side: 'sell' }), state).includes('universe'));
});

test('G25 a holding that became cheap can be sold', () => {
  const price = won(900);
  const state = aState({
    positions: heldTen,
    lastTrade: () => ({ price, atMs: ago(0) }),
    basePrice: () => price,
  });

  assert.deepEqual(denialsOf(aRequest({ price }), state), ['price-minimum']);
  assert.deepEqual(denialsOf(aRequest({ price, side: 'sell' }), state), []);
});

test('G26 decide() buys only none and caution, and sells all but halted and liquidation', () => {
  const all: readonly (Designation | null)[] = [
    'none',
    'managed',
    'liquidation',
    'caution',
    'warning',
    'risk',
    'halted',
    'overheated',
    null,
  ];
  const passed = (side: 'buy' | 'sell') =>
    all.filter(
      (designation) => checkOf('designation', aRequest({ side }), aState({ designation: () => designation })).passed,
    );

  assert.deepEqual(passed('buy'), ['none', 'caution']);
  assert.deepEqual(passed('sell'), ['none', 'managed', 'caution', 'warning', 'risk', 'overheated']);
});

test('G28 buying more of what is held opens no new position', () => {
  const held = new Map(
    ['005930', '000660', '005380', '035420', '035720'].map((symbol) => {
      const instrument = instrumentId(symbol);
      return [instrument, { instrument, quantity: quantity(1), cost: won(1_000) }] as const;
    }),
  );

  assert.equal(checkOf('position-count', aRequest(), aState({ positions: held })).passed, true);
  assert.equal(
    checkOf('position-count', aRequest({ instrument: instrumentId('000270') }), aState({ positions: held })).passed,
    false,
  );
});

test('G29 exposure is unknown, and denies, when the price of any holding is', () => {
  const state = aState({
    positions: holding(instrumentId('000660'), 1, 1_000),
    lastTrade: (instrument) => (instrument === samsung ? { price: won(70_000), atMs: ago(0) } : null),
  });

  assert.deepEqual(denialsOf(aRequest(), state), ['exposure']);
});

test('G31 own orders on the other side that would not meet are no cross', () => {
  const ordersOfDay = [anOrder({ instrument: samsung, side: 'sell', price: won(70_100), open: quantity(1) })];
  const filled = [anOrder({ instrument: samsung, side: 'sell', price: won(70_000), open: quantity(0) })];

  assert.equal(checkOf('self-cross', aRequest(), aState({ ordersOfDay })).passed, true);
  assert.equal(checkOf('self-cross', aRequest(), aState({ ordersOfDay: filled })).passed, true);
});

test('G32 decide() denies without a session, before it, and after it', () => {
  assert.deepEqual(denialsOf(aRequest(), aState({ session: null })), ['session', 'entry-window']);
  assert.ok(Number.isNaN(checkOf('session', aRequest(), aState({ session: null })).actual));
});

test('G33 a holding may be sold in the last minutes', () => {
  const session = { opensAtMs: ago(1_000), closesAtMs: ago(-1_000) };

  assert.deepEqual(denialsOf(sell, aState({ session, positions: heldTen })), []);
});

test('G35 decide() denies selling what is not held', () => {
  assert.deepEqual(denialsOf(sell, aState()), ['holding']);
});

test('G4 the halted check shows the shares that may still be sold', () => {
  const shown = (request: object, held: number, offered: number) => {
    const ordersOfDay = [anOrder({ instrument: samsung, side: 'sell', price: won(71_000), open: quantity(offered) })];
    const state = aState({ isHalted: true, positions: holding(samsung, held, 1_000), ordersOfDay });
    return checkOf('halted', aRequest(request), state).limit;
  };

  assert.equal(shown({ side: 'sell' }, 15, 5), 10);
  assert.equal(shown({ side: 'sell' }, 3, 5), 0);
  assert.equal(shown({ side: 'buy' }, 15, 5), 0);
});

test('G16 the day of a strategy holds its own orders and nobody else’s', () => {
  const ordersOfDay = [anOrder({ requester: 'golden-cross' }), anOrder({ quantity: quantity(300) })];

  assert.equal(checkOf('day-value-strategy', aRequest(), aState({ ordersOfDay })).actual, 800_000);
});

test('G23 small orders are counted in their own symbol only, and large ones not at all', () => {
  const ordersOfDay = [
    ...manyOrders(3, { instrument: samsung, quantity: quantity(10) }),
    ...manyOrders(4, { instrument: samsung, quantity: quantity(11) }),
    ...manyOrders(5, { quantity: quantity(1) }),
  ];

  assert.equal(checkOf('small-order-repetition', aRequest(), aState({ ordersOfDay })).actual, 4);
});

test('G28 what was sold out, bought and filled, or is only being sold is no position', () => {
  const soldOut = holding(instrumentId('000660'), 0, 0);
  const ordersOfDay = [
    anOrder({ instrument: instrumentId('005380'), open: quantity(0) }),
    anOrder({ instrument: instrumentId('035420'), side: 'sell', open: quantity(1) }),
  ];

  assert.equal(checkOf('position-count', aRequest(), aState({ positions: soldOut, ordersOfDay })).actual, 1);
});

test('G31 orders of the same side or of another stock are no cross', () => {
  const ordersOfDay = [
    anOrder({ instrument: samsung, side: 'buy', price: won(69_000), open: quantity(1) }),
    anOrder({ instrument: samsung, side: 'buy', price: won(71_000), open: quantity(1) }),
    anOrder({ side: 'sell', price: won(1_000), open: quantity(1) }),
  ];

  assert.equal(checkOf('self-cross', aRequest(), aState({ ordersOfDay })).actual, 0);
});

test('G34 the margin for fees is rounded up to whole won', () => {
  const request = aRequest({ price: won(70_100), quantity: quantity(1) });

  assert.equal(checkOf('cash', request, aState()).actual, 70_100 + 141);
});

test('G35 open sells of other stocks and open buys take nothing from what may be sold', () => {
  const ordersOfDay = [
    anOrder({ side: 'sell', open: quantity(7) }),
    anOrder({ instrument: samsung, side: 'buy', price: won(69_000), open: quantity(7) }),
  ];
  const oversold = [anOrder({ instrument: samsung, side: 'sell', price: won(71_000), open: quantity(20) })];

  assert.equal(checkOf('holding', sell, aState({ positions: heldTen, ordersOfDay })).limit, 10);
  assert.equal(checkOf('holding', sell, aState({ positions: heldTen, ordersOfDay: oversold })).limit, 0);
});
