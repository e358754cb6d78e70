import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { firstAtOrAfter } from './first-at-or-after.ts';

test('firstAtOrAfter() finds what looking at every place finds', () => {
  const lists = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 }).map((all) => Int32Array.from(all).sort());

  fc.assert(
    fc.property(lists, fc.integer({ min: -1, max: 41 }), fc.nat({ max: 30 }), (values, wanted, start) => {
      const from = Math.min(start, values.length);
      const found = values.findIndex((value, place) => place >= from && value >= wanted);

      assert.equal(firstAtOrAfter(values, wanted, from), found < 0 ? values.length : found);
    }),
  );
});
