import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { parseExpression } from '../expression/parse-expression.ts';
import { expressionProgram } from '../expression/expression-program.ts';
import { anyProgram } from '../fixtures/any-program.ts';
import type { RuleProgram } from '../program.ts';
import { readKisYaml } from './read-kis-yaml.ts';
import { writeKisYaml, type WrittenDialect } from './write-kis-yaml.ts';

/** The program that the text of `program` reads as, without where it came from. */
function again(program: RuleProgram, dialect: WrittenDialect): RuleProgram {
  const written = writeKisYaml(program, dialect);
  if (written.kind === 'refused') throw new Error(written.reasons.map(({ en }) => en).join('\n'));
  const read = readKisYaml(written.text, { dialect: dialect === 's' ? 's' : 'b' });
  if (read.kind === 'refused') throw new Error(`${read.findings.map(({ en }) => en).join('\n')}\n${written.text}`);
  const { source: _, ...rest } = read.program;
  return rest;
}

function ofExpression(text: string): RuleProgram {
  const parsed = parseExpression(text);
  assert.ok(parsed.kind === 'expression');
  return expressionProgram(parsed.expression);
}

function reasons(text: string, dialect: WrittenDialect): readonly string[] {
  const written = writeKisYaml(ofExpression(text), dialect);
  return written.kind === 'refused' ? written.reasons.map(({ en }) => en) : [];
}

test('writeKisYaml() in dialect B reads back as the same program, whatever its names are', () => {
  fc.assert(
    fc.property(anyProgram({ params: true, trees: false, wide: true }), (program) => {
      assert.deepEqual(again(program, 'b'), structuredClone(program));
    }),
    { numRuns: 30 },
  );
});

test('writeKisYaml() in dialect S reads back as the same program where it has words for it', () => {
  fc.assert(
    fc.property(anyProgram({ params: false, trees: false, wide: false }), (program) => {
      assert.deepEqual(again(program, 's'), structuredClone(program));
    }),
    { numRuns: 30 },
  );
});

test('writeKisYaml() with x_snowball reads back as the same program, trees and earlier bars included', () => {
  fc.assert(
    fc.property(anyProgram({ params: true, trees: true, wide: true }), (program) => {
      assert.deepEqual(again(program, 'snowball'), structuredClone(program));
    }),
    { numRuns: 30 },
  );
});

test('writeKisYaml() refuses what a dialect has no words for, with its reason', () => {
  assert.match(reasons('close > maximum(20)[1]', 'b').join(), /value of an earlier bar/);
  assert.match(reasons('close > open and (rsi(14) < 30 or doji)', 'b').join(), /group within a group/);
  assert.match(reasons('close > open * 1.03', 'b').join(), /calculation on a price/);
  assert.match(reasons('cross_above(close, sma(20) * 1.03)', 'b').join(), /which B ignores/);
  assert.match(reasons('rsi(14) != 50', 's').join(), /takes for greater_than/);
  assert.match(reasons('volume > 10', 's').join(), /does not know as a price/);
  assert.match(reasons('close < ema(20) * 0.9', 's').join(), /calculation on an indicator/);
  assert.deepEqual(reasons('close < ema(20) * 0.9', 'b'), []);
});

test('writeKisYaml() turns a factor of an average into a disparity for S, and numbers to the right', () => {
  const program = again(ofExpression('close < sma(20) * 0.9 and 30 > rsi(14)'), 's');

  assert.deepEqual(program.entry.rules[0], {
    kind: 'compare',
    left: { kind: 'indicator', alias: 'sma_20_disparity', output: 'value', barsAgo: 0, scale: null },
    operator: 'less_than',
    right: { kind: 'number', value: 90 },
  });
  assert.deepEqual(program.entry.rules[1], {
    kind: 'compare',
    left: { kind: 'indicator', alias: 'rsi_14', output: 'value', barsAgo: 0, scale: null },
    operator: 'less_than',
    right: { kind: 'number', value: 30 },
  });
});

test('writeKisYaml() resolves parameters for S, writes "equals" there and "equal" for B, and always the logic', () => {
  const text = (dialect: WrittenDialect): string => {
    const read = readKisYaml(`
metadata: { name: x }
strategy:
  id: x
  params: { n: { default: 9 }, low: { default: 30 } }
  indicators: [{ id: rsi, alias: r, params: { period: $n } }]
  entry: { conditions: [{ indicator: r, operator: equal, value: $low }] }
`);
    assert.ok(read.kind === 'program');
    const written = writeKisYaml(read.program, dialect);
    return written.kind === 'text' ? written.text : '';
  };

  const [b, s]: readonly [unknown, unknown] = [parse(text('b')), parse(text('s'))];
  assert.match(JSON.stringify(b), /"operator":"equal","value":"\$low"/);
  assert.match(JSON.stringify(s), /"operator":"equals","compare_to":30/);
  assert.match(JSON.stringify(s), /"params":\{"period":9\}/);
  assert.doesNotMatch(JSON.stringify(s), /\$/);
  // Elsewhere an empty group means "always": ours is never.
  assert.match(
    JSON.stringify(b),
    /"exit":\{"logic":"OR","conditions":\[\{"indicator":"close","operator":"less_than","value":0\}\]\}/,
  );
});

test('writeKisYaml() gives a program of x_snowball a flat side that never trades, and puts unknown keys back', () => {
  const program = {
    ...ofExpression('close > maximum(20)[1]'),
    preserved: [{ path: ['metadata', 'created_at'], value: '2026-07-09' }],
  };
  const written = writeKisYaml(program, 'snowball');

  assert.ok(written.kind === 'text');
  const json = JSON.stringify(parse(written.text));
  assert.match(
    json,
    /"entry":\{"logic":"AND","conditions":\[\{"indicator":"close","operator":"less_than","value":0\}\]\}/,
  );
  assert.match(json, /"exportable":false/);
  assert.match(json, /"created_at":"2026-07-09"/);
});
