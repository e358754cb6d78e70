import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { RuleOperator } from '#strategy/rules/program.ts';
import type { ResolvedGroup, ResolvedOperand, ResolvedRule } from '#strategy/rules/resolve-program.ts';
import { RuleColumns } from '#strategy/rules/rule-columns.ts';
import { ruleSeeker } from './rule-seeker.ts';

const length = 40;
/** Small whole numbers, so that lines touch and cross; sometimes none. */
const column = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 4 }) }, fc.constant(NaN)), {
    minLength: length,
    maxLength: length,
  })
  .map((values) => Float64Array.from(values));
const operand: fc.Arbitrary<ResolvedOperand> = fc.oneof(
  fc.integer({ min: 0, max: 4 }).map((value) => ({ kind: 'number', value }) as const),
  fc
    .constantFrom('open' as const, 'high' as const, 'close' as const)
    .map((word) => ({ kind: 'price', word, barsAgo: 0 }) as const),
);
const operator: fc.Arbitrary<RuleOperator> = fc.constantFrom(
  'greater_than',
  'less_than',
  'greater_equal',
  'less_equal',
  'equal',
  'not_equal',
  'cross_above',
  'cross_below',
);
const rule: fc.Arbitrary<ResolvedRule> = fc.record({
  kind: fc.constant('compare' as const),
  left: operand,
  operator,
  right: operand,
});
const kind = fc.constantFrom('all' as const, 'any' as const);
const group: fc.Arbitrary<ResolvedGroup> = fc.record({
  kind,
  rules: fc.array(fc.oneof(rule, fc.record({ kind, rules: fc.array(rule, { maxLength: 3 }) })), { maxLength: 4 }),
});

test('ruleSeeker() finds exactly the bars that RuleColumns marks, wherever it is asked from', () => {
  fc.assert(
    fc.property(
      column,
      column,
      column,
      group,
      fc.array(fc.integer({ min: 0, max: 6 })),
      (open, high, close, any, steps) => {
        const columns = new RuleColumns({ open, high, low: open, close, volume: close });
        const mask = columns.mask(any, []);
        const seeker = ruleSeeker(any, [], columns, length);

        let from = 0;
        for (const step of steps) {
          from = Math.min(length, from + step);
          const expected = mask.indexOf(1, from);
          const found = seeker.next(from);
          assert.equal(found, expected === -1 ? length : expected);
          from = found;
        }
      },
    ),
    { numRuns: 300 },
  );
});
