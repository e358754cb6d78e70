import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { quantity } from '#domain/quantity.ts';
import { namesPrice, type OrderId, type OrderRequest } from '#domain/order.ts';
import { won } from '#domain/won.ts';
import { ago, allPermits, anOrder, aRequest, aState, stocks, wide } from '../../tests/support/guard-makers.ts';
import { decide, denialsOf } from './decide.ts';
import { decideAmend } from './decide-amend.ts';
import { dayValue } from './day-value.ts';
import { exposureOf, exposureOfAccount, instrumentsAtRisk } from './exposure-value.ts';
import { limitNames, starter, type Limits } from './limits.ts';
import { openValue } from './open-orders.ts';
import { plainPermits, tightenPermits, type Permits } from './permits.ts';
import { sellableShares } from './risk-reducing.ts';
import type { GuardOrder, GuardState } from './state.ts';
import { isTighter, tighten } from './tighten.ts';
import { hasOpenPrice } from './valued-price.ts';

const runs = { numRuns: 2_000 };

const instrument = fc.constantFrom(...stocks.slice(0, 3).map((stock) => stock.id));
const side = fc.constantFrom('buy' as const, 'sell' as const);

const anyRequest: fc.Arbitrary<OrderRequest> = fc
  .record({
    instrument,
    side,
    price: fc.integer({ min: 680, max: 720 }).map((ticks) => won(ticks * 100)),
    quantity: fc.integer({ min: 1, max: 30 }).map(quantity),
    requester: fc.constantFrom(
      { kind: 'strategy', name: 'a' } as const,
      { kind: 'strategy', name: 'b' } as const,
      { kind: 'person', via: 'cli' } as const,
    ),
  })
  .map(aRequest);

const anyOrder: fc.Arbitrary<GuardOrder> = fc
  .record({
    instrument,
    side,
    price: fc.integer({ min: 680, max: 720 }).map((ticks) => won(ticks * 100)),
    quantity: fc.integer({ min: 1, max: 20 }).map(quantity),
    open: fc.integer({ min: 0, max: 20 }).map(quantity),
    filled: fc.integer({ min: 0, max: 20 }).map(quantity),
    atMs: fc.integer({ min: 0, max: 300_000 }).map(ago),
    requester: fc.constantFrom('a', 'b', 'person'),
  })
  .map(anOrder);

/** Limits somewhere round the starter's, from half to three times. */
const anyLimits: fc.Arbitrary<Limits> = fc
  .array(fc.integer({ min: 5, max: 30 }), { minLength: limitNames.length, maxLength: limitNames.length })
  .map((tenths) => {
    const limits: Record<string, number> = {};
    for (const [index, name] of limitNames.entries()) {
      limits[name] = Math.floor((starter[name] * (tenths[index] ?? 10)) / 10);
    }
    return limits as unknown as Limits;
  });

const anyState: fc.Arbitrary<GuardState> = fc
  .record({
    limits: fc.oneof(fc.constant(wide), anyLimits),
    isHalted: fc.constantFrom(false, false, false, true),
    cash: fc.integer({ min: -1_000_000, max: 20_000_000 }).map(won),
    equity: fc.integer({ min: 0, max: 40_000_000 }).map(won),
    profitOfDay: fc.integer({ min: -700_000, max: 100_000 }).map(won),
    ordersOfDay: fc.oneof(fc.array(anyOrder, { maxLength: 3 }), fc.array(anyOrder, { maxLength: 25 })),
    cancelsOfDay: fc.array(fc.integer({ min: 0, max: 120_000 }).map(ago), { maxLength: 25 }),
    positions: fc
      .array(fc.tuple(instrument, fc.integer({ min: 0, max: 40 })), { maxLength: 3 })
      .map(
        (rows) =>
          new Map(
            rows.map(([id, shares]) => [
              id,
              { instrument: id, quantity: quantity(shares), cost: won(shares * 70_000) },
            ]),
          ),
      ),
  })
  .map(aState);

/** What `decide()` says; `denialsOf()` must say the same. */
function judged(request: OrderRequest, state: GuardState): 'approved' | 'denied' {
  const verdict = decide(request, state);
  assert.deepEqual(denialsOf(request, state), verdict.kind === 'denied' ? verdict.denials : []);
  return verdict.kind;
}

test('G7 decide() and decideAmend() answer no to any garbage and never throw', () => {
  const garbage = fc.oneof(
    fc.anything({ withBigInt: true, withMap: true, withSet: true, withNullPrototype: true }),
    fc.object(),
    fc.constant(null),
    fc.constant(undefined),
  );

  fc.assert(
    fc.property(garbage, garbage, (request, state) => {
      assert.equal(judged(request as OrderRequest, state as GuardState), 'denied');
      assert.equal(decide(aRequest(), state as GuardState).kind, 'denied');
      assert.equal(decide(request as OrderRequest, aState()).kind, 'denied');
      assert.equal(decideAmend(aRequest(), anOrder(), state as GuardState).kind, 'denied');
    }),
    // Every rule throws on every case here, which is slow.
    { numRuns: 400 },
  );
});

test('G7 decide() answers no when one field of a good request or state is replaced by garbage', () => {
  const requestFields = [
    'quantity',
    'price',
    'instrument',
    'side',
    'type',
    'timeInForce',
    'requester',
    'venue',
    'session',
    'stopPrice',
  ] as const;
  const stateFields = [
    'nowMs',
    'limits',
    'permits',
    'closedLanes',
    'universe',
    'basePrice',
    'lastTrade',
    'cash',
    'equity',
  ] as const;
  const garbage = fc.anything({ withNullPrototype: true }).filter((value) => !isPlausible(value));

  fc.assert(
    fc.property(fc.constantFrom(...requestFields, ...stateFields), garbage, (field, value) => {
      const request = { ...aRequest(), ...(requestFields.includes(field as 'price') ? { [field]: value } : {}) };
      const state = { ...aState(), ...(stateFields.includes(field as 'cash') ? { [field]: value } : {}) };

      assert.equal(judged(request, state as GuardState), 'denied', field);
    }),
    runs,
  );
});

/** A positive whole number may be a price, a known word a side, and what is optional may be missing: such garbage is none. */
function isPlausible(value: unknown): boolean {
  return Number.isSafeInteger(value) || typeof value === 'string' || value === undefined;
}

test('G7 decide() lets no huge, fractional or broken number through, whatever the limits', () => {
  const number = fc.oneof(
    fc.double(),
    fc.integer({ min: -5, max: 5 }),
    fc.constantFrom(-0, 0, 2 ** 53 - 1, 2 ** 53, Number.MAX_VALUE, Number.MIN_VALUE),
  );

  fc.assert(
    fc.property(number, number, (price, shares) => {
      const verdict = decide(
        aRequest({ price: price as never, quantity: shares as never }),
        aState({ limits: wide, equity: won(2 ** 52), cash: won(2 ** 52) }),
      );

      // Only a price inside the day's limits and on the tick could pass, and small integers are neither.
      assert.equal(verdict.kind, 'denied');
    }),
    runs,
  );
});

test('G39 tightening never admits more', () => {
  let approvals = 0;

  fc.assert(
    fc.property(anyRequest, anyState, anyLimits, (request, state, change) => {
      const tight = tighten(state.limits, change);
      if (judged(request, { ...state, limits: tight }) === 'denied') return;
      approvals += 1;

      assert.equal(judged(request, state), 'approved');
    }),
    runs,
  );
  assert.ok(approvals > 50, `only ${approvals} of ${runs.numRuns} cases were approved: the property is nearly empty`);
});

test('G39 tightening a single limit never turns a no into a yes', () => {
  fc.assert(
    fc.property(anyRequest, anyState, anyLimits, fc.constantFrom(...limitNames), (request, state, change, name) => {
      const tight = tighten(state.limits, { [name]: change[name] });

      assert.ok(isTighter(tight, state.limits));
      if (decide(request, state).kind === 'denied') {
        assert.equal(decide(request, { ...state, limits: tight }).kind, 'denied');
      }
    }),
    runs,
  );
});

/** An order of any kind, well formed, in any session at any venue. */
const anyKind: fc.Arbitrary<OrderRequest> = fc
  .record({
    request: anyRequest,
    type: fc.constantFrom(...allPermits.types),
    venue: fc.constantFrom(...allPermits.venues),
    session: fc.constantFrom(...allPermits.sessions),
  })
  .map(({ request, type, venue, session }) => ({
    ...request,
    type,
    venue,
    session,
    price: namesPrice(type) ? request.price : won(0),
    ...(type === 'stop-limit' ? { stopPrice: request.price } : {}),
  }));

const somePermits: fc.Arbitrary<Permits> = fc
  .record({
    types: fc.subarray([...allPermits.types]),
    venues: fc.subarray([...allPermits.venues]),
    sessions: fc.subarray([...allPermits.sessions]),
  })
  .map(({ types, venues, sessions }) => ({
    types: new Set(types),
    venues: new Set(venues),
    sessions: new Set(sessions),
  }));

const anyPermits = fc.oneof({ weight: 2, arbitrary: fc.constant(allPermits) }, { weight: 1, arbitrary: somePermits });

/** Every session is open, so that the permits decide. */
function anyHour(state: GuardState): GuardState {
  return { ...state, otherSession: () => state.session };
}

test('G39 G44 narrowing the permits never admits more, whatever the kind of order', () => {
  let approvals = 0;

  fc.assert(
    fc.property(anyKind, anyPermits, anyPermits, (request, permits, change) => {
      const wider = { ...anyHour(aState({ limits: wide, cash: won(1e9) })), permits };
      if (decide(request, { ...wider, permits: tightenPermits(permits, change) }).kind === 'denied') return;
      approvals += 1;

      assert.equal(decide(request, wider).kind, 'approved');
      assert.ok(permits.types.has(request.type));
    }),
    { numRuns: 1_000 },
  );
  assert.ok(approvals > 20, `only ${approvals} cases were approved: the property is nearly empty`);
});

test('G39 G46 an order without a price of its own passes no limit in won that its like at the upper limit fails', () => {
  const inWon = ['order-value', 'open-value', 'day-value-account', 'day-value-strategy', 'cash'] as const;

  fc.assert(
    fc.property(anyKind, anyState, (request, state) => {
      fc.pre(hasOpenPrice(request.type));
      const all = { ...anyHour(state), permits: allPermits };
      const like: OrderRequest = { ...request, type: 'limit', price: won(91_000) };
      const checksOf = (asked: OrderRequest): readonly unknown[] =>
        decide(asked, all).checks.filter(({ code }) => inWon.some((name) => name === code));

      assert.deepEqual(checksOf(request), checksOf(like));
    }),
    { numRuns: 500 },
  );
});

test('G8 G44 G45 the plain permits let nothing through but limit orders on KRX in the regular session', () => {
  fc.assert(
    fc.property(anyKind, anyState, (request, state) => {
      const verdict = decide(request, { ...anyHour(state), permits: plainPermits });
      const isPlain = request.type === 'limit' && request.venue === 'KRX' && request.session === 'regular';
      if (!isPlain) assert.equal(verdict.kind, 'denied');
    }),
    { numRuns: 1_000 },
  );
});

test('G40 no order of arrival gets past a cap, though every approved order stays open', () => {
  const requests = fc.array(anyRequest, { minLength: 1, maxLength: 30 });

  fc.assert(
    fc.property(
      requests.chain((list) => fc.shuffledSubarray(list, { minLength: list.length })),
      (list) => {
        const held = new Map([
          [stocks[0]!.id, { instrument: stocks[0]!.id, quantity: quantity(12), cost: won(840_000) }],
        ]);
        let state = aState({ positions: held, equity: won(20_000_000), cash: won(4_000_000) });
        const start = state;
        let reduced = 0;
        for (const [index, request] of list.entries()) {
          const isSell = request.side === 'sell';
          if (decide(request, state).kind === 'denied') continue;
          if (isSell) reduced += request.price * request.quantity;
          state = withOpenOrder(state, request, index);
        }

        const buys = openValue(state, (order) => order.side === 'buy');
        assert.ok(openValue(state, () => true) <= starter.openValueMax);
        assert.ok(dayValue(state, () => true) - reduced <= starter.dayValueAccountMax);
        assert.ok(exposureOfAccount(state) <= starter.exposureMax);
        for (const id of instrumentsAtRisk(state)) assert.ok(exposureOf(state, id) <= starter.positionValueMax);
        assert.ok(buys * 1.002 <= (start.cash ?? 0));
        assert.ok(sellableShares(state, stocks[0]!.id) >= 0);
        assert.ok(state.ordersOfDay.length <= starter.ordersPerMinuteAccountMax);
      },
    ),
    { numRuns: 300 },
  );
});

function withOpenOrder(state: GuardState, request: OrderRequest, index: number): GuardState {
  const order: GuardOrder = {
    orderId: `o-${index}` as OrderId,
    requester: request.requester.kind === 'strategy' ? request.requester.name : 'person',
    instrument: request.instrument,
    side: request.side,
    price: request.price,
    quantity: request.quantity,
    filled: quantity(0),
    open: request.quantity,
    atMs: state.nowMs,
  };
  return { ...state, ordersOfDay: [...state.ordersOfDay, order] };
}
