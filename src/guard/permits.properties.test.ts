import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { OrderRequest } from '#domain/order.ts';
import { won } from '#domain/won.ts';
import { anyHour, anyKind, anyPermits, anyState } from '../../tests/support/any-guard-input.ts';
import { allPermits, aState, wide } from '../../tests/support/guard-makers.ts';
import { decide } from './decide.ts';
import { plainPermits, tightenPermits } from './permits.ts';
import { hasOpenPrice } from './valued-price.ts';

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
