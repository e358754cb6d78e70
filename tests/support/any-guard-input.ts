import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { quantity } from '#domain/quantity.ts';
import { namesPrice, type OrderRequest } from '#domain/order.ts';
import { won } from '#domain/won.ts';
import { ago, allPermits, anOrder, aRequest, aState, stocks, wide } from './guard-makers.ts';
import { decide, denialsOf } from '#guard/decide.ts';
import { limitNames, starter, type Limits } from '#guard/limits.ts';
import type { Permits } from '#guard/permits.ts';
import type { GuardOrder, GuardState } from '#guard/state.ts';

/** How often a property is tried. */
export const runs = { numRuns: 2_000 };

const instrument = fc.constantFrom(...stocks.slice(0, 3).map((stock) => stock.id));
const side = fc.constantFrom('buy' as const, 'sell' as const);

/** A limit order near the market. */
export const anyRequest: fc.Arbitrary<OrderRequest> = fc
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
/** Limits that bind now and then. */
export const anyLimits: fc.Arbitrary<Limits> = fc
  .array(fc.integer({ min: 5, max: 30 }), { minLength: limitNames.length, maxLength: limitNames.length })
  .map((tenths) => {
    const limits: Record<string, number> = {};
    for (const [index, name] of limitNames.entries()) {
      limits[name] = Math.floor((starter[name] * (tenths[index] ?? 10)) / 10);
    }
    return limits as unknown as Limits;
  });

/** Whatever the guard may be handed of an account in good order. */
export const anyState: fc.Arbitrary<GuardState> = fc
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
export function judged(request: OrderRequest, state: GuardState): 'approved' | 'denied' {
  const verdict = decide(request, state);
  assert.deepEqual(denialsOf(request, state), verdict.kind === 'denied' ? verdict.denials : []);
  return verdict.kind;
}

/** An order of any kind, well formed, in any session at any venue. */
export const anyKind: fc.Arbitrary<OrderRequest> = fc
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

/** All permits, or some. */
export const anyPermits = fc.oneof(
  { weight: 2, arbitrary: fc.constant(allPermits) },
  { weight: 1, arbitrary: somePermits },
);

/** Every session is open, so that the permits decide. */
export function anyHour(state: GuardState): GuardState {
  return { ...state, otherSession: () => state.session };
}
