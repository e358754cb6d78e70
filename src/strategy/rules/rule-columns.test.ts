import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { indicators } from '#indicators/catalogue.ts';
import type { IndicatorColumns } from '#indicators/definition.ts';
import { goldenBars } from '#indicators/fixtures/golden-bars.ts';
import type { PriceWord, Rule, RuleGroup, RuleOperand, RuleOperator, RuleProgram } from './program.ts';
import { resolveProgram } from './resolve-program.ts';
import { RuleColumns } from './rule-columns.ts';
import { RunningRules } from './running-rules.ts';

const bars = goldenBars();
const operators: readonly RuleOperator[] = [
  'greater_than',
  'less_than',
  'greater_equal',
  'less_equal',
  'equal',
  'not_equal',
  'cross_above',
  'cross_below',
];
const words: readonly PriceWord[] = ['open', 'high', 'low', 'close', 'volume'];
const used = indicators.filter(({ inputs }) => !inputs.includes('benchmark'));
const barsAgo = fc.integer({ min: 0, max: 3 });

const operand: fc.Arbitrary<RuleOperand> = fc.oneof(
  fc.double({ min: -100, max: 50_000, noNaN: true }).map((value) => ({ kind: 'number', value }) as const),
  fc.record({
    kind: fc.constant('price' as const),
    word: fc.constantFrom(...words),
    barsAgo,
    scale: fc.constantFrom(null, { operation: 'sub', by: 20 } as const, { operation: 'div', by: 1.03 } as const),
  }),
  fc.constantFrom(...used).chain(({ id, outputs }) =>
    fc.record({
      kind: fc.constant('indicator' as const),
      alias: fc.constant(id),
      output: fc.constantFrom(...outputs),
      barsAgo,
      scale: fc.constantFrom(null, { operation: 'mul', by: 0.97 } as const, { operation: 'add', by: 5 } as const),
    }),
  ),
);
const comparison: fc.Arbitrary<Rule> = fc.record({
  kind: fc.constant('compare' as const),
  left: operand,
  operator: fc.constantFrom(...operators),
  right: operand,
});
const group: fc.Arbitrary<RuleGroup> = fc.record({
  kind: fc.constantFrom('all' as const, 'any' as const),
  rules: fc.array(fc.oneof(comparison, fc.record({ kind: fc.constant('any' as const), rules: fc.array(comparison) })), {
    maxLength: 3,
  }),
});

test('RuleColumns says of every bar what RunningRules says, for any program', () => {
  fc.assert(
    fc.property(group, group, (entry, exit) => {
      const resolved = resolveProgram(programOf(entry, exit));
      assert.ok(resolved.kind === 'rules');
      const columns = new RuleColumns(bars);
      const running = new RunningRules(resolved.rules);
      const said = walk(running);

      assert.deepEqual([...columns.entry(resolved.rules)], said.entry);
      assert.deepEqual([...columns.exit(resolved.rules)], said.exit);
    }),
    { numRuns: 60 },
  );
});

function walk(running: RunningRules): { readonly entry: readonly number[]; readonly exit: readonly number[] } {
  const said = { entry: [] as number[], exit: [] as number[] };
  for (let row = 0; row < bars.close.length; row += 1) {
    running.next({ ...barAt(bars, row), benchmark: NaN });
    said.entry.push(Number(running.entry));
    said.exit.push(Number(running.exit));
  }
  return said;
}

function barAt({ open, high, low, close, volume }: IndicatorColumns, row: number): Record<PriceWord, number> {
  const at = (column: Float64Array): number => column[row] ?? NaN;
  return { open: at(open), high: at(high), low: at(low), close: at(close), volume: at(volume) };
}

function programOf(entry: RuleGroup, exit: RuleGroup): RuleProgram {
  return {
    metadata: { id: 'any', name: 'any', description: '', author: 'user', category: 'custom', tags: [] },
    params: {},
    indicators: used.map(({ id, defaultOutput }) => ({ alias: id, label: id, id, params: {}, output: defaultOutput })),
    candlesticks: [],
    entry,
    exit,
    risk: { stopLossBps: null, takeProfitBps: null, trailingStopBps: null },
    sizing: { equityBps: 2_000, positionsMax: 5 },
  };
}
