import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listingOf } from './listings.ts';
import { rulesBegin } from './rules-begin.ts';
import { tickTable } from './tick-size.ts';

for (const [of, begin] of [
  [{ market: 'KOSPI', kind: 'stock' }, 0],
  [{ market: 'KOSDAQ', kind: 'stock' }, 19960701],
  [{ market: 'KONEX', kind: 'stock' }, 20130701],
  [{ market: 'KOSPI', kind: 'etf' }, 20021014],
  [{ market: 'KOSPI', kind: 'etn' }, 20141117],
  [listingOf('035420') ?? { market: 'KOSPI', kind: 'stock' }, 19960701],
] as const) {
  test(`M2 rulesBegin() of a ${of.market} ${of.kind} that begins ${begin} is the first day with a tick table`, () => {
    assert.equal(rulesBegin(of), begin);
    assert.ok(tickTable(of, Math.max(begin, 19900103)).length > 0);
    if (begin > 0) assert.throws(() => tickTable(of, begin - 1), RangeError);
  });
}
