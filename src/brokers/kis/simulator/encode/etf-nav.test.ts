import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { navOf } from './etf-nav.ts';

describe('navOf()', () => {
  it('stays within 0.2 % of the price and is the same for the same price', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 500_000 }), (price) => {
        const nav = navOf('069500', price);
        assert.equal(nav, navOf('069500', price));
        assert.ok(Math.abs(nav - price) <= price * 0.002 + 0.005);
      }),
      { numRuns: 200 },
    );
  });
});
