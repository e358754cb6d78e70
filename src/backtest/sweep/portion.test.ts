import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { portionOfWon, won } from '#domain/won.ts';
import { portion, proportion } from './portion.ts';

const amount = fc.maxSafeNat();

test('portion() and portionOfWon() are the whole quotient, computed exactly, for any amount and rate', () => {
  fc.assert(
    fc.property(fc.oneof(amount, fc.nat()), fc.integer({ min: 0, max: 10_000_000 }), (value, rate) => {
      const exact = Number((BigInt(value) * BigInt(rate)) / 1_000_000_000n);
      const ofDebt = exact === 0 ? 0 : -exact;
      assert.equal(portion(value, rate), exact);
      assert.equal(portionOfWon(won(value), rate), exact);
      assert.equal(portionOfWon(won(-value), rate), ofDebt);
    }),
  );
});

test('proportion() is the whole quotient, computed exactly, for any part of a whole', () => {
  fc.assert(
    fc.property(
      amount,
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 1, max: 1_000_000 }),
      (value, a, b) => {
        const [part, whole] = [Math.min(a, b), Math.max(a, b)];
        return proportion(value, part, whole) === Number((BigInt(value) * BigInt(part)) / BigInt(whole));
      },
    ),
  );
});
