import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { quantity } from '#domain/quantity.ts';
import type { OrderId, OrderRequest } from '#domain/order.ts';
import { won } from '#domain/won.ts';
import { anyLimits, anyRequest, anyState, judged, runs } from '../../tests/support/any-guard-input.ts';
import { anOrder, aRequest, aState, stocks, wide } from '../../tests/support/guard-makers.ts';
import { decide } from './decide.ts';
import { decideAmend } from './decide-amend.ts';
import { dayValue } from './day-value.ts';
import { exposureOf, exposureOfAccount, instrumentsAtRisk } from './exposure-value.ts';
import { limitNames, starter } from './limits.ts';
import { openValue } from './open-orders.ts';
import { sellableShares } from './risk-reducing.ts';
import type { GuardOrder, GuardState } from './state.ts';
import { isTighter, tighten } from './tighten.ts';

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
