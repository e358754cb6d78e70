import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { expressionProgram } from '../expression/expression-program.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import { hasErrors, type RuleFinding } from '../finding.ts';
import { anyProgram } from '../fixtures/any-program.ts';
import { presetBars } from '../fixtures/preset-bars.ts';
import { presets } from '../presets/presets.ts';
import type { RuleGroup, RuleProgram } from '../program.ts';
import { resolveProgram } from '../resolve-program.ts';
import { RuleColumns, type Mask } from '../rule-columns.ts';
import { lintBars, seeBars } from './lint-bars.ts';
import { lintProgram } from './lint-program.ts';
import { withPreviousBars } from './previous-bars.ts';
import { truthOf } from './truth.ts';

const bars = presetBars();

function program(entry: string, exit = 'close < open'): RuleProgram {
  const [one, other] = [parseExpression(entry), parseExpression(exit)];
  assert.ok(one.kind === 'expression' && other.kind === 'expression');
  const both = [...one.expression.indicators, ...other.expression.indicators];
  const indicators = [...new Map(both.map((each) => [each.alias, each])).values()];
  const candlesticks = [...one.expression.candlesticks, ...other.expression.candlesticks];
  return { ...expressionProgram(one.expression), indicators, candlesticks, exit: other.expression.group };
}

function entryMask(rules: RuleProgram): Mask {
  const resolved = resolveProgram(rules);
  assert.ok(resolved.kind === 'rules');
  return new RuleColumns(bars).entry(resolved.rules);
}

function count(mask: Mask): number {
  return mask.reduce((sum, one) => sum + one, 0);
}

function found(rules: RuleProgram, code: string): RuleFinding | undefined {
  return lintProgram(rules).find((one) => one.code === code);
}

test('L1 lintProgram() proves that nothing closes above a highest close of today, and its fix holds on 18 bars', () => {
  const rules = program('close > maximum(252)');

  const finding = found(rules, 'L1');

  assert.equal(finding?.severity, 'error');
  assert.match(finding?.ko ?? '', /절대 사지 않아요.*오늘 봉도 들어 있어서.*compare_offset: 1/);
  assert.match(finding?.en ?? '', /can never buy.*includes today's bar/);
  assert.equal(count(entryMask(rules)), 0);
  assert.equal(count(entryMask(withPreviousBars(rules))), 18);
});

test('L1 lintProgram() knows crosses, lows, bands of Donchian and windows within windows', () => {
  const nevers = [
    'cross_above(close, maximum(20))',
    'close < minimum(20)',
    'high > donchian(20).upper',
    'cross_below(low, donchian(20).lower)',
    'maximum(10) > maximum(20)',
    'close > donchian(5).upper * 1.01',
    'close > maximum(20) and rsi(14) < 30',
  ];

  for (const text of nevers) {
    assert.equal(found(program(text), 'L1')?.severity, 'error', text);
    assert.equal(count(entryMask(program(text))), 0, text);
  }
  for (const text of [
    'close > maximum(20)[1]',
    'high > maximum(20)',
    'close > maximum(20) * 0.99',
    'maximum(20) > maximum(10)',
    'cci(20) * 1.1 < cci(20)',
    'cci(20) > cci(20) / 0.9',
  ]) {
    assert.equal(hasErrors(lintProgram(program(text))), false, text);
    assert.ok(count(entryMask(program(text))) > 0, text);
  }
});

test('lintProgram() proves by the ranges of values that an entry is never or always true', () => {
  for (const text of [
    'rsi(14) > 100',
    'rsi(14) < 30 and rsi(14) > 70',
    'williams_r(14) > 20',
    'ibs >= 1.5',
    'cross_above(stochastic(14, 3).k, 120)',
    'low > high',
    'bollinger(20, 2).lower > bollinger(20, 2).upper',
    'hammer.bearish',
  ]) {
    const errors = lintProgram(program(text)).filter(({ severity }) => severity === 'error');
    assert.match(errors[0]?.en ?? '', /can never buy/, text);
    assert.equal(count(entryMask(program(text))), 0, text);
  }
  assert.match(found(program('close > 0'), 'L8')?.en ?? '', /entry always holds/);
});

test('truthOf() never claims what bars disprove, for any program', () => {
  fc.assert(
    fc.property(anyProgram({ params: true, trees: true, wide: true }), (rules) => {
      const resolved = resolveProgram(rules);
      assert.ok(resolved.kind === 'rules');
      const columns = new RuleColumns(bars);
      const masks: readonly (readonly [RuleGroup, Mask])[] = [
        [rules.entry, columns.entry(resolved.rules)],
        [rules.exit, columns.exit(resolved.rules)],
      ];
      for (const [group, mask] of masks) {
        const truth = truthOf(group, rules);
        if (truth.kind === 'never') assert.equal(count(mask), 0, truth.why.en);
        // Where every number is there at last, "always" must hold on the last bar.
        if (truth.kind === 'always' && resolved.rules.warmUpBars < 400) assert.equal(mask.at(-1), 1, truth.why.en);
      }
    }),
    { numRuns: 60 },
  );
});

test('L3, L4 lintProgram() doubts thresholds that were lost or have another unit', () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['rsi(14) > 0', 'L3', /was probably lost/],
    ['disparity(20) > 0.9', 'L4', /in percent/],
    ['disparity(20) < 9', 'L4', /far too low/],
    ['change > 0.03', 'L4', /Did you mean 3/],
    ['returns(60) > 3000', 'L4', /check the unit/],
    ['volatility_ind(10) < 2', 'L4', /is a fraction/],
    ['rsi(14) < 0.3', 'L4', /Did you mean 30/],
  ];

  for (const [text, code, en] of cases) assert.match(found(program(text), code)?.en ?? '', en, text);
  for (const text of [
    'rsi(14) < 30',
    'change > 3',
    'disparity(20) < 97',
    'volatility_ind(10) < 0.02',
    'consecutive > 0',
  ]) {
    assert.equal(found(program(text), 'L3') ?? found(program(text), 'L4'), undefined, text);
  }
});

test('L8 lintProgram() tells of an exit that never fires, and what that means with and without a stop', () => {
  const rules = program('close > open', 'rsi(14) > 100');

  assert.match(found(rules, 'L8')?.en ?? '', /exit never fires.*never sold/);
  const stopped = { ...rules, risk: { stopLossBps: 500, takeProfitBps: null, trailingStopBps: null } };
  assert.match(found(stopped, 'L8')?.en ?? '', /only stops and targets sell/);
  assert.match(found(program('close > open', 'close > open'), 'L8')?.en ?? '', /Whenever the entry holds/);
});

test('L7, L9, L10 lintProgram() tells of unused parameters, of too few bars, and of numbers that the two programs compute differently', () => {
  const rules: RuleProgram = {
    ...program('momentum(60) > 3'),
    params: { stop_loss_pct: { default: 5, min: null, max: null, step: null, type: 'float', description: '' } },
  };

  assert.match(found(rules, 'L7')?.en ?? '', /used nowhere.*numbers of risk alone/);
  assert.match(found(rules, 'L10')?.en ?? '', /difference in won/);
  const short = lintProgram(rules, { history: { bars: 61, first: '2024-01-02', last: '2024-04-01' } }).find(
    ({ code }) => code === 'L9',
  );
  assert.match(short?.en ?? '', /need 61 bars.*there are 61 \(2024-01-02–2024-04-01\)/);
  assert.equal(
    lintProgram(rules, { history: { bars: 62, first: '', last: '' } }).some(({ code }) => code === 'L9'),
    false,
  );
});

test('presets have nothing that the linter calls an error or a warning', () => {
  for (const { id, program: rules } of presets) {
    const doubts = lintProgram(rules).filter(({ severity }) => severity !== 'info');
    assert.deepEqual(doubts, [], id);
  }
});

test('lintBars() says that the entry was never true, and on which bar it came closest and by how much', () => {
  const rules = program('rsi(14) < 3 and close > open');

  const evidence = seeBars(rules, bars);

  assert.equal(evidence.entries, 0);
  assert.ok(evidence.nearest !== null);
  assert.equal(evidence.nearest.of, 2);
  assert.equal(evidence.nearest.held, 1);
  assert.ok(evidence.nearest.right === 3 && evidence.nearest.left > 3);
  const resolved = resolveProgram(rules);
  assert.ok(resolved.kind === 'rules');
  const [finding] = lintBars(evidence, { rules: resolved.rules, dayOf: (row) => `bar ${row + 1}` });
  assert.match(finding?.en ?? '', /In 900 bars the entry was never true\. It came closest on bar \d+: 1 of 2/);
  const golden = seeBars(program('cross_above(sma(5), sma(20))', 'cross_below(sma(5), sma(20))'), bars);
  assert.deepEqual([golden.entries, golden.exits, golden.both, golden.nearest], [30, 31, 0, null]);
});
