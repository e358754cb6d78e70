import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { won } from '#domain/won.ts';

import { investorsOf } from './investor-split.ts';

const days = fc.record({
  symbol: fc.stringMatching(/^[0-9]{6}$/),
  date: fc.integer({ min: 20_200_101, max: 20_271_231 }),
  close: fc.integer({ min: 1, max: 2_000_000 }),
  volume: fc.integer({ min: 0, max: 500_000_000 }),
});

describe('investorsOf()', () => {
  it('parts the whole volume among both sides, and nothing but it', () => {
    fc.assert(
      fc.property(days, ({ symbol, date, close, volume }) => {
        const split = investorsOf(symbol, { date, close: won(close), volume });
        const kinds = [split.person, split.foreign, split.institution];
        const sum = (of: 'bought' | 'sold' | 'net'): number => kinds.reduce((total, kind) => total + kind[of], 0);
        assert.deepEqual([sum('bought'), sum('sold'), sum('net')], [volume, volume, 0]);
        for (const { bought, sold } of kinds) assert.ok(bought >= 0 && sold >= 0);
      }),
      { numRuns: 200 },
    );
  });

  it('parts the same day alike every time, and another day otherwise', () => {
    const bar = { date: 20_261_123, close: won(50_000), volume: 100_000 };
    assert.deepEqual(investorsOf('005930', bar), investorsOf('005930', bar));
    assert.notDeepEqual(investorsOf('005930', bar), investorsOf('005930', { ...bar, date: 20_261_124 }));
  });
});
