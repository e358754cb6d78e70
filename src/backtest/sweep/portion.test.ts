import { test } from 'node:test';
import * as fc from 'fast-check';
import { portionOfWon, won } from '#domain/won.ts';
import { portion, proportion } from './portion.ts';

const amount = fc.maxSafeNat();

test('portion() is portionOfWon() for any amount and rate', () => {
  fc.assert(
    fc.property(
      amount,
      fc.integer({ min: 0, max: 10_000_000 }),
      (value, rate) => portion(value, rate) === portionOfWon(won(value), rate),
    ),
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
