import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { BarSeries } from '#domain/bar.ts';
import { Random } from '#domain/random.ts';
import { won } from '#domain/won.ts';
import { starter, type Limits } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import type { Rule, RuleGroup, RuleOperand, RuleOperator, RuleProgram } from '#strategy/rules/program.ts';
import { madeUpBars } from '../fixtures/made-up-bars.ts';
import { runSweep } from './run-sweep.ts';
import type { SweepOptions, SweepPath, SweepRun } from './sweep.ts';

type Ran = Extract<SweepRun, { kind: 'run' }>;

const number = (min: number, max: number) => fc.integer({ min, max });
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
const lines = ['fast', 'slow', 'rsi', 'ema'] as const;

const operand: fc.Arbitrary<RuleOperand> = fc.oneof(
  number(-10, 120).map((value) => ({ kind: 'number', value }) as const),
  fc.record({
    kind: fc.constant('price' as const),
    word: fc.constantFrom('open', 'high', 'low', 'close', 'volume'),
    barsAgo: number(0, 2),
  }),
  fc.record({
    kind: fc.constant('indicator' as const),
    alias: fc.constantFrom(...lines),
    output: fc.constant('value'),
    barsAgo: number(0, 2),
    scale: fc.constantFrom(null, { operation: 'mul', by: 1.01 } as const),
  }),
);
const comparison: fc.Arbitrary<Rule> = fc.record({
  kind: fc.constant('compare' as const),
  left: operand,
  operator: fc.constantFrom(...operators),
  right: operand,
});
const kind = fc.constantFrom('all' as const, 'any' as const);
const group: fc.Arbitrary<RuleGroup> = fc.record({
  kind,
  rules: fc.array(fc.oneof(comparison, fc.record({ kind, rules: fc.array(comparison, { maxLength: 3 }) })), {
    maxLength: 3,
  }),
});
const distance = fc.option(number(10, 1_500), { nil: null });
const program: fc.Arbitrary<RuleProgram> = fc
  .record({
    entry: group,
    exit: group,
    risk: fc.record({ stopLossBps: distance, takeProfitBps: distance, trailingStopBps: distance }),
    sizing: fc.record({ equityBps: number(0, 12_000), positionsMax: number(0, 5) }),
  })
  .map(programOf);
const limits: fc.Arbitrary<Limits> = fc
  .record({
    orderValueMax: number(0, 3_000_000).map(won),
    openValueMax: number(0, 3_000_000).map(won),
    dayValueStrategyMax: number(0, 5_000_000).map(won),
    positionValueMax: number(0, 5_000_000).map(won),
    positionCountMax: number(0, 2),
    ordersPerDayMax: number(0, 3),
    priceCollarBps: number(0, 300),
    priceMinimum: number(0, 30_000).map(won),
    exposureEquityBps: number(0, 10_000),
    dailyLossEquityBps: number(0, 300),
    smallOrdersPerSymbolMax: number(0, 2),
    tradedValueShareBps: number(0, 2),
  })
  .chain((tight) =>
    // Most runs must trade: one or two limits are tightened, not all.
    fc
      .record({
        names: fc.subarray(Object.keys(tight) as (keyof typeof tight)[], { maxLength: 2 }),
        share: fc.constantFrom(5_000, 10_000),
      })
      .map(({ names, share }) => ({
        ...starter,
        exposureEquityBps: share,
        ...Object.fromEntries(names.map((name) => [name, tight[name]])),
      })),
  );

/** So little that cash binds an entry, or enough that limits do. */
const cash = fc.oneof(number(20_000, 900_000), number(1_000_000, 40_000_000));
/** One so high that the guard's margin for fees does not cover it. */
const fee = fc.constantFrom(0, 140_527, 20_000_000);

describe('runSweep()', () => {
  test('gives the same figures, equity and trades on every path, for any program, bars, limits and range', () => {
    let trades = 0;

    fc.assert(
      fc.property(
        program,
        limits,
        number(0, 1 << 30),
        number(0, 60),
        cash,
        fee,
        (any, limit, seed, skipped, money, commissionPpb) => {
          const series = madeUpBars(new Random(seed), 160);
          const options = optionsOf(any, [series], {
            limits: limit,
            from: series.date[skipped]!,
            initialCash: won(money),
            commissionPpb,
            combinations: [{}, { fast: 3, slow: 9 }],
          });

          const [event, fused, sparse] = (['event', 'fused', 'sparse'] as const).map((path) => ran(options, path));

          assert.deepEqual(fused!.map(withoutPath), event!.map(withoutPath));
          assert.deepEqual(sparse!.map(withoutPath), event!.map(withoutPath));
          assert.deepEqual(new Set(sparse!.map(({ path }) => path)), new Set(['sparse']));
          trades += event![0]!.trades!.length;
        },
      ),
      { numRuns: 60 },
    );

    assert.ok(trades > 50, `${trades} trades`);
  });
});

function ran(options: SweepOptions, path: SweepPath): readonly Ran[] {
  return runSweep({ ...options, path }).filter((run) => run.kind === 'run');
}

function withoutPath({ path: _path, ...rest }: Ran): object {
  return rest;
}

function optionsOf(
  subject: RuleProgram,
  series: readonly BarSeries[],
  change: Partial<SweepOptions> = {},
): SweepOptions {
  return {
    subject: { kind: 'program', name: 'any', program: subject },
    series,
    instruments: series.map(({ instrument }) => listingOf(instrument.slice(4))!),
    combinations: [{}],
    from: 0,
    to: 99_999_999,
    initialCash: won(10_000_000),
    limits: starter,
    keep: 'trades',
    ...change,
  };
}

function programOf(parts: Pick<RuleProgram, 'entry' | 'exit' | 'risk' | 'sizing'>): RuleProgram {
  const param = (value: number) =>
    ({ default: value, min: null, max: null, step: null, type: 'int', description: '' }) as const;
  const indicator = (alias: string, id: string, period: number | { readonly param: string }) => ({
    alias,
    label: alias,
    id,
    params: { period },
    output: 'value',
  });
  return {
    metadata: { id: 'any', name: 'any', description: '', author: '', category: '', tags: [] },
    params: { fast: param(2), slow: param(5) },
    indicators: [
      indicator('fast', 'sma', { param: 'fast' }),
      indicator('slow', 'sma', { param: 'slow' }),
      indicator('rsi', 'rsi', 4),
      indicator('ema', 'ema', { param: 'slow' }),
    ],
    candlesticks: [],
    ...parts,
  };
}
