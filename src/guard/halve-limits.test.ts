import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { halved } from './halve-limits.ts';
import type { LimitsInForce } from './limit-policy.ts';
import { noOverrides } from './limit-overrides.ts';
import { limitNames, standard, starter, type Limits } from './limits.ts';
import { isTighter, tighterIs } from './tighten.ts';

const force = (limits: Limits): LimitsInForce => ({ profile: 'starter', limits, overrides: noOverrides });

test('T12 halved() makes every limit half as wide, and leaves none as it was', () => {
  for (const limits of [starter, standard]) {
    const half = halved(force(limits)).limits;

    for (const name of limitNames) {
      const wanted = tighterIs[name] === 'smaller' ? Math.floor(limits[name] / 2) : limits[name] * 2;
      assert.equal(half[name], wanted, name);
      assert.notEqual(half[name], limits[name], name);
    }
  }
});

test('T12 halved() lets nothing through that was stopped before, whatever the limits are', () => {
  const anyLimits = fc.record(
    Object.fromEntries(limitNames.map((name) => [name, fc.nat({ max: Number.MAX_SAFE_INTEGER })])),
  );
  fc.assert(
    fc.property(anyLimits, (drawn) => {
      const limits = drawn as unknown as Limits;
      const half = halved(force(limits)).limits;

      assert.ok(isTighter(half, limits));
      for (const name of limitNames) assert.ok(Number.isSafeInteger(half[name]), name);
    }),
    { numRuns: 200 },
  );
});

test('T12 halved() halves what a strategy or a symbol has of its own, and gives it nothing more', () => {
  const samsung = instrumentId('005930');
  const overrides = {
    strategies: new Map([['golden', { orderValueMax: won(300_001), repeatedOrderWindowMs: 70_000 }]]),
    symbols: new Map([[samsung, { positionCountMax: 1 }]]),
  };

  const half = halved({ profile: 'starter', limits: starter, overrides }).overrides;

  assert.deepEqual(half.strategies.get('golden'), { orderValueMax: 150_000, repeatedOrderWindowMs: 140_000 });
  assert.deepEqual(half.symbols.get(samsung), { positionCountMax: 0 });
});
