import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { goldenBars } from '#indicators/fixtures/golden-bars.ts';
import { resolveProgram } from '../resolve-program.ts';
import { RuleColumns, type Mask } from '../rule-columns.ts';
import { expressionProgram } from './expression-program.ts';
import { parseExpression, type Expression } from './parse-expression.ts';
import type { ExpressionProblem } from './expression-problem.ts';

const bars = goldenBars();

function read(text: string): Expression {
  const parsed = parseExpression(text);
  if (parsed.kind === 'problem') throw new Error(`${parsed.problem.column}: ${parsed.problem.en}`);
  return parsed.expression;
}

function problemOf(text: string): ExpressionProblem {
  const parsed = parseExpression(text);
  assert.equal(parsed.kind, 'problem', `expected a problem in ${text}`);
  if (parsed.kind !== 'problem') throw new Error('unreachable');
  return parsed.problem;
}

function maskOf(text: string): Mask {
  const resolved = resolveProgram(expressionProgram(read(text)));
  assert.ok(resolved.kind === 'rules');
  return new RuleColumns(bars).entry(resolved.rules);
}

function sum(mask: Mask): number {
  return mask.reduce((count, one) => count + one, 0);
}

test('parseExpression() reads crosses, comparisons and the indicators they name, each once', () => {
  const { group, indicators } = read(
    'cross_above(sma(close,5), sma(close, 20)) AND rsi(14) < 30 and rsi(period=14) > 5',
  );

  assert.deepEqual(
    indicators.map(({ alias, id, params }) => ({ alias, id, params })),
    [
      { alias: 'sma_5', id: 'sma', params: { period: 5 } },
      { alias: 'sma_20', id: 'sma', params: { period: 20 } },
      { alias: 'rsi_14', id: 'rsi', params: { period: 14 } },
    ],
  );
  assert.equal(group.kind, 'all');
  assert.equal(group.rules.length, 3);
  assert.deepEqual(group.rules[0], {
    kind: 'compare',
    left: { kind: 'indicator', alias: 'sma_5', output: 'value', barsAgo: 0, scale: null },
    operator: 'cross_above',
    right: { kind: 'indicator', alias: 'sma_20', output: 'value', barsAgo: 0, scale: null },
  });
});

test('parseExpression() binds "and" closer than "or", and brackets closest', () => {
  const [a, b, c] = ['close > open', 'ibs > 0.9', 'volume > 5_000'];

  const mixed = maskOf(`${a} or ${b} and ${c}`);
  const bracketed = maskOf(`(${a} or ${b}) and ${c}`);

  const [ma, mb, mc] = [maskOf(a), maskOf(b), maskOf(c)];
  assert.deepEqual(
    [...mixed],
    Array.from(ma, (one, row) => one | ((mb[row] ?? 0) & (mc[row] ?? 0))),
  );
  assert.deepEqual(
    [...bracketed],
    Array.from(ma, (one, row) => (one | (mb[row] ?? 0)) & (mc[row] ?? 0)),
  );
});

test('parseExpression() reads bars ago, outputs, one calculation with a number, and comparisons in a row', () => {
  const { group } = read('close > bollinger(period=20, std=2.5).upper[1] * 1.03');
  assert.deepEqual(group.rules[0], {
    kind: 'compare',
    left: { kind: 'price', word: 'close', barsAgo: 0 },
    operator: 'greater_than',
    right: {
      kind: 'indicator',
      alias: 'bollinger_20_2_5',
      output: 'upper',
      barsAgo: 1,
      scale: { operation: 'mul', by: 1.03 },
    },
  });

  const within = maskOf('30 < rsi(14) <= 70');
  assert.deepEqual([...within], [...maskOf('rsi(14) > 30 and rsi(14) <= 70')]);
  assert.ok(sum(within) > 0 && sum(within) < bars.close.length);
  assert.deepEqual(
    [...maskOf('close * 0.99 > open[1]')],
    [...bars.close].map((close, row) => {
      return row > 0 && close * 0.99 > (bars.open[row - 1] ?? NaN) ? 1 : 0;
    }),
  );
});

test('parseExpression() reads patterns by name, by sign and bars ago', () => {
  const now = maskOf('doji');

  assert.ok(sum(now) > 0);
  assert.deepEqual([...maskOf('doji[1]')], [0, ...now.slice(0, -1)]);
  assert.deepEqual(read('engulfing.bearish').group.rules, [{ kind: 'pattern', alias: 'engulfing', signal: 'bearish' }]);
});

test('parseExpression() turns a rule round under "not"; where a number is missing neither holds', () => {
  for (const rule of ['rsi(14) > 50', 'cross_above(close, sma(20))', 'doji', 'rsi(14) < 40 or close > open']) {
    const [plain, not] = [maskOf(rule), maskOf(`not (${rule})`)];
    for (let row = 0; row < plain.length; row += 1) {
      assert.ok((plain[row] ?? 0) + (not[row] ?? 0) <= 1, `${rule} at ${row}`);
      if (row >= 30) assert.equal((plain[row] ?? 0) + (not[row] ?? 0), 1, `${rule} at ${row}`);
    }
  }
  assert.equal(maskOf('not rsi(14) > 50')[5], 0);
});

test('parseExpression() points at the character that is wrong', () => {
  const cases: readonly (readonly [string, number, RegExp])[] = [
    ['', 1, /ends here/],
    ['rsi(14) < ', 10, /ends here/],
    ['rsi(14)', 1, /compare it/],
    ['rsy(14) < 30', 1, /Did you mean "rsi"/],
    ['rsi(0) < 30', 5, /period 0/],
    ['rsi(14, 3) < 30', 9, /too many/],
    ['rsi(14) < 30 and', 17, /ends here/],
    ['rsi(14) < 30 rsi(14)', 14, /cannot stand/],
    ['sma(volume, 5) > 3', 5, /reads close/],
    ['close > high[-1]', 13, /bars to come/],
    ['close > high[1.5]', 13, /bars to come/],
    ['bollinger(20).top > 3', 15, /upper, middle, lower/],
    ['1 < 2', 3, /Two numbers/],
    ['100 - rsi(14) > 3', 5, /one calculation/],
    ['close * 2 + 3 > open', 11, /one calculation/],
    ['close > $x', 9, /no meaning/],
    ['(close > open', 14, /Wanted "\)"/],
    ['cross_above(close) > 3', 18, /Wanted ","/],
    ['constructor > 3', 1, /not a name/],
    ['__proto__ > 3', 1, /not a name/],
    [`${'('.repeat(40)}close > open`, 33, /too deep/],
    [`${'not '.repeat(40)}close > open`, 129, /too deep/],
    ['a'.repeat(5000), 4097, /too long/],
  ];

  for (const [text, column, en] of cases) {
    const problem = problemOf(text);
    assert.equal(problem.column, column, `${text}: ${problem.en}`);
    assert.match(problem.en, en);
    assert.match(problem.ko, /[가-힣]/);
  }
});

test('parseExpression() answers every text with an expression or a problem inside it', () => {
  const word = fc.constantFrom(
    'close',
    'rsi',
    '(',
    ')',
    '14',
    '<',
    'and',
    'not',
    '.',
    '[',
    ']',
    ',',
    '-',
    '*',
    'doji',
    '=',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word).map((words) => words.join(' ')),
      ),
      (text) => {
        const parsed = parseExpression(text);
        if (parsed.kind === 'problem')
          assert.ok(parsed.problem.column >= 1 && parsed.problem.column <= text.length + 1);
      },
    ),
    { numRuns: 300 },
  );
});
