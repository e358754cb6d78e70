import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderRequest, OrderSession, OrderType, OrderVenue } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import {
  ago,
  allPermits,
  anOrder,
  aRequest,
  aState,
  checkOf,
  denialsOf,
  holding,
  limitsWith,
  samsung,
} from '../../../tests/support/guard-makers.ts';
import { standard, starter } from '../limits.ts';
import { plainPermits } from '../permits.ts';
import type { GuardState } from '../state.ts';

const types: readonly OrderType[] = ['limit', 'market', 'conditional-limit', 'best', 'priority', 'mid', 'stop-limit'];
const unpriced: readonly OrderType[] = ['market', 'best', 'priority', 'mid'];
const sessions: readonly OrderSession[] = [
  'regular',
  'pre-hours-close',
  'after-hours-close',
  'after-market',
  'pre-market',
];
const venues: readonly OrderVenue[] = ['KRX', 'NXT', 'SOR'];
const open = { opensAtMs: ago(3_600_000), closesAtMs: ago(-3_600_000) };
/** Base price 70,000: nothing fills above this. */
const upper = 91_000;

/** A request of `type` as it should look: no price where the type names none, a stop price where it needs one. */
function ofType(type: OrderType, change: Partial<OrderRequest> = {}): OrderRequest {
  return aRequest({
    type,
    ...(unpriced.includes(type) ? { price: won(0) } : {}),
    ...(type === 'stop-limit' ? { stopPrice: won(70_000) } : {}),
    ...change,
  });
}

function permitting(change: Partial<GuardState> = {}): GuardState {
  return aState({ permits: allPermits, otherSession: () => open, ...change });
}

test('G8 G44 G45 what every installation starts with is limit orders on KRX in the regular session, at any limits', () => {
  const kinds = types.flatMap((type) =>
    sessions.flatMap((session) => venues.map((venue) => ({ type, session, venue }))),
  );

  for (const limits of [starter, standard]) {
    const state = aState({ limits, permits: plainPermits, otherSession: () => open });
    for (const { type, session, venue } of kinds) {
      const wanted = [
        ...(type === 'limit' ? [] : ['order-type']),
        ...(session === 'regular' ? [] : ['order-session']),
        ...(venue === 'KRX' ? [] : ['order-venue']),
      ];

      assert.deepEqual(denialsOf(ofType(type, { session, venue }), state), wanted, `${type} ${session} ${venue}`);
    }
  }
});

test('G8 G44 G45 what is permitted passes, and a set that is missing permits nothing', () => {
  for (const type of types) assert.deepEqual(denialsOf(ofType(type), permitting()), [], type);
  for (const field of ['types', 'sessions', 'venues'] as const) {
    const permits = { ...allPermits, [field]: undefined as never };

    assert.equal(denialsOf(aRequest(), permitting({ permits })).length, 1, field);
  }
  assert.equal(denialsOf(aRequest(), permitting({ permits: undefined as never })).length, 3);
});

test('G6 an order of a type without a price has none, and a stop price belongs to a stop-limit order only', () => {
  const broken = (request: OrderRequest): number => checkOf('input-missing', request, permitting()).actual;

  for (const type of unpriced) assert.equal(broken(ofType(type, { price: won(70_000) })), 1, type);
  for (const type of ['limit', 'conditional-limit', 'stop-limit'] as const) {
    assert.equal(broken(ofType(type, { price: won(0) })), 1, type);
  }
  for (const type of types.slice(0, -1)) assert.equal(broken(ofType(type, { stopPrice: won(70_000) })), 1, type);
  const { stopPrice: _stopPrice, ...sleepless } = ofType('stop-limit');
  assert.equal(broken(sleepless), 1);
  assert.equal(broken(ofType('stop-limit', { stopPrice: 0.5 as never })), 1);
});

test('G6 decide() denies types, venues and sessions it has no word for', () => {
  for (const change of [{ type: 'iceberg' }, { venue: 'NYSE' }, { session: 'night' }, { venue: null }]) {
    assert.ok(denialsOf(aRequest(change as never), permitting()).includes('input-missing'), JSON.stringify(change));
  }
});

for (const [code, limit] of [
  ['order-value', 'orderValueMax'],
  ['open-value', 'openValueMax'],
  ['day-value-account', 'dayValueAccountMax'],
  ['day-value-strategy', 'dayValueStrategyMax'],
  ['position-value', 'positionValueMax'],
  ['exposure', 'exposureMax'],
] as const) {
  test(`G46 ${code} counts an order whose price is not its own at the upper limit of the day`, () => {
    for (const type of [...unpriced, 'conditional-limit'] as const) {
      const passes = (step: number): boolean => {
        const limits = limitsWith({ [limit]: won(10 * upper - step) });
        return checkOf(code, ofType(type), permitting({ limits })).passed;
      };

      assert.deepEqual([passes(-1), passes(0), passes(1)], [true, true, false], type);
    }
  });
}

test('G46 a sell without a price of its own is valued at the upper limit too', () => {
  const state = permitting({ positions: holding(samsung, 10, 700_000) });

  assert.equal(checkOf('order-value', ofType('market', { side: 'sell' }), state).actual, 10 * upper);
});

test('G46 cash pays for a buy without a price at the upper limit of the day, fees included', () => {
  // 910,000 won and 0.2 % of it.
  const passes = (cash: number): boolean => checkOf('cash', ofType('market'), permitting({ cash: won(cash) })).passed;

  assert.deepEqual([passes(911_820), passes(911_819)], [true, false]);
});

test('G46 a value that cannot be known denies', () => {
  const state = permitting({ basePrice: () => null });

  assert.ok(Number.isNaN(checkOf('order-value', ofType('market'), state).actual));
  assert.ok(denialsOf(ofType('market'), state).includes('order-value'));
});

test('G46 an unknown upper limit leaves the answers that need none', () => {
  for (const change of [{ basePrice: () => null }, { universe: new Map() }]) {
    const denied = denialsOf(ofType('market'), permitting(change));

    assert.ok(denied.includes('order-value') && denied.includes('cash'));
    for (const code of ['halted', 'session', 'orders-per-day', 'holding'] as const)
      assert.ok(!denied.includes(code), code);
  }
});

test('G46 limit and stop-limit orders count at their limit price', () => {
  assert.equal(checkOf('order-value', ofType('limit'), permitting()).actual, 700_000);
  assert.equal(checkOf('order-value', ofType('stop-limit'), permitting()).actual, 700_000);
});

test('G47 the stop price lies on a tick and inside the limits of the day', () => {
  const said = (stopPrice: number): readonly string[] =>
    denialsOf(ofType('stop-limit', { stopPrice: won(stopPrice), price: won(stopPrice) }), permitting()).filter((code) =>
      code.startsWith('stop-'),
    );

  assert.deepEqual(
    [said(upper), said(upper + 100), said(49_000), said(48_950)],
    [[], ['stop-price-limit'], [], ['stop-price-limit']],
  );
  assert.deepEqual(said(70_050), ['stop-tick-size']);
  assert.deepEqual(checkOf('stop-tick-size', ofType('stop-limit', { stopPrice: won(70_050) }), permitting()), {
    code: 'stop-tick-size',
    actual: 70_050,
    limit: 100,
    unit: 'won',
    passed: false,
  });
});

test('G11 the price of a stop-limit order is measured from where it wakes up', () => {
  const passes = (price: number): boolean =>
    checkOf('price-collar', ofType('stop-limit', { stopPrice: won(80_000), price: won(price) }), permitting()).passed;

  assert.deepEqual([passes(77_600), passes(77_500), passes(82_400), passes(82_500)], [true, false, true, false]);
});

test('G9 G10 G11 an order without a price has none to check, but the last trade must be known', () => {
  for (const type of unpriced) {
    for (const code of ['tick-size', 'price-limit', 'price-collar'] as const) {
      assert.equal(checkOf(code, ofType(type), permitting()).passed, true, `${type} ${code}`);
    }
    assert.equal(checkOf('price-collar', ofType(type), permitting({ lastTrade: () => null })).passed, false);
  }
});

test('G25 an order without a price is held to the least price by the last trade', () => {
  const passes = (price: number): boolean =>
    checkOf('price-minimum', ofType('market'), permitting({ lastTrade: () => ({ price: won(price), atMs: ago(0) }) }))
      .passed;

  assert.deepEqual([passes(1_000), passes(999)], [true, false]);
});

test('G22 two orders without a price are twins, also to another venue', () => {
  const before = anOrder({ instrument: samsung, quantity: quantity(10), price: won(upper), atMs: ago(1) });
  const passes = (change: Partial<OrderRequest>): boolean =>
    checkOf('repeated-order', ofType('market', change), permitting({ ordersOfDay: [before] })).passed;

  assert.deepEqual([passes({}), passes({ venue: 'NXT' }), passes({ quantity: quantity(11) })], [false, false, true]);
});

test('G31 an order whose price nobody knows may meet any own order on the other side', () => {
  const far = anOrder({ instrument: samsung, side: 'buy', price: won(50_000), open: quantity(1) });
  const market = { ...anOrder({ instrument: samsung, side: 'buy', price: won(upper), open: quantity(1) }) };
  const passes = (request: OrderRequest, order: typeof far): boolean =>
    checkOf('self-cross', request, permitting({ ordersOfDay: [order] })).passed;
  const sell = { side: 'sell', price: won(70_000) } as const;

  assert.equal(passes(ofType('limit', sell), far), true);
  assert.equal(passes(ofType('market', { side: 'sell' }), far), false);
  assert.equal(passes(ofType('conditional-limit', sell), far), false);
  assert.equal(passes(ofType('limit', sell), { ...far, hasOpenPrice: true }), false);
  assert.equal(passes(ofType('limit', { ...sell, price: won(upper + 100) }), market), true);
});

test('G32 G33 the session is the one the order is for, and what is not known is closed', () => {
  const evening = { opensAtMs: ago(1_000), closesAtMs: ago(-14_400_000) };
  const state = permitting({
    session: null,
    otherSession: ({ session, venue }) => (session === 'after-market' && venue === undefined ? evening : null),
  });

  assert.deepEqual(denialsOf(aRequest({ session: 'after-market' }), state), []);
  assert.deepEqual(denialsOf(aRequest({ session: 'after-market', venue: 'NXT' }), state), ['session', 'entry-window']);
  assert.deepEqual(denialsOf(aRequest(), state), ['session', 'entry-window']);
  const { otherSession: _otherSession, ...unaware } = state;
  assert.deepEqual(denialsOf(aRequest({ session: 'after-market' }), unaware), ['session', 'entry-window']);
  assert.deepEqual(denialsOf(aRequest(), permitting({ otherSession: () => null })), []);
});

test('G12 a session at a fixed price needs no fresh trade, every other one does', () => {
  const state = permitting({ lastTrade: () => ({ price: won(70_000), atMs: ago(60_000) }) });
  const passes = (session: OrderSession): boolean =>
    checkOf('price-stale', ofType('market', { session }), state).passed;

  assert.deepEqual(sessions.map(passes), [false, true, true, false, false]);
});
