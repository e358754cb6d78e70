import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withParticle } from '../korean-particle.ts';
import { expressionProgram } from './expression/expression-program.ts';
import { parseExpression } from './expression/parse-expression.ts';
import type { RuleProgram } from './program.ts';
import { presetById, presets } from './presets/presets.ts';
import { resolveProgram } from './resolve-program.ts';
import { RuleReasons } from './rule-reasons.ts';
import { sideSentence } from './rule-sentence.ts';
import { RunningRules } from './running-rules.ts';

function program(text: string): RuleProgram {
  const parsed = parseExpression(text);
  assert.ok(parsed.kind === 'expression');
  return expressionProgram(parsed.expression);
}

test('sideSentence() says in both languages what a program does', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'cross_above(sma(5), sma(20))',
      '5일 평균이 20일 평균을 위로 뚫으면 사요.',
      'Buys when the 5-day average crosses above the 20-day average.',
    ],
    ['close > high[1] and rsi(14) < 30', '종가가 전 봉의 고가보다 높고, RSI(14)가 30보다 낮으면 사요.', ''],
    ['close >= 71_230 or volume < 1000', '종가가 71,230 이상이거나 거래량이 1,000보다 낮으면 사요.', ''],
    [
      'close < bollinger(20, 2).lower * 0.99',
      '',
      'Buys when the close is below the lower band of Bollinger bands(20, 2) × 0.99.',
    ],
    [
      'close > open and (rsi(14) < 30 or rsi(14) > 70)',
      '',
      'Buys when the close is above the open and (Relative strength index(14) is below 30 or Relative strength index(14) is above 70).',
    ],
  ];

  for (const [text, ko, en] of cases) {
    if (ko !== '') assert.equal(sideSentence('entry', program(text), 'ko'), ko);
    if (en !== '') assert.equal(sideSentence('entry', program(text), 'en'), en);
  }
});

test('sideSentence() says of a preset what its sliders mean now, and when nothing sells', () => {
  const sma = presetById('golden_cross')?.program;
  assert.ok(sma !== undefined);

  assert.equal(sideSentence('exit', sma, 'ko'), '5일 평균이 20일 평균을 아래로 뚫으면 팔아요.');
  for (const { program: each } of presets) {
    for (const language of ['ko', 'en'] as const)
      assert.doesNotMatch(sideSentence('entry', each, language), /undefined|NaN|\?/);
  }
  const high = presetById('week52_high')?.program;
  assert.equal(high && sideSentence('exit', high, 'ko'), '조건으로는 팔지 않아요.');
});

test('withParticle() goes by the sound of the last syllable, digit or letter', () => {
  assert.equal(withParticle('종가', 'subject'), '종가가');
  assert.equal(withParticle('평균', 'object'), '평균을');
  assert.equal(withParticle('RSI(14)', 'subject'), 'RSI(14)가');
  assert.equal(withParticle('30', 'and'), '30과');
  assert.equal(withParticle('5%', 'object'), '5%를');
  assert.equal(withParticle('"rsi_fast"', 'called'), '"rsi_fast"라는');
  assert.equal(withParticle('"ma20"', 'called'), '"ma20"이라는');
});

test('RuleReasons says which rules held, with the values of the bar', () => {
  const rules = program('close > open[1] * 1.01 and (rsi(2) > 90 or rsi(2) > 10) and doji');
  const resolved = resolveProgram(rules);
  assert.ok(resolved.kind === 'rules');
  const running = new RunningRules(resolved.rules);
  for (let day = 0; day < 20; day += 1) {
    running.next({ open: 100 + day, high: 110 + day, low: 90 + day, close: 100 + day, volume: 1, benchmark: NaN });
  }
  assert.equal(running.entry, false);

  running.next({ open: 130, high: 140, low: 120, close: 130, volume: 1, benchmark: NaN });

  assert.equal(running.entry, true);
  const sentence = new RuleReasons(resolved.rules, rules).sentence(running.because('entry'));
  assert.equal(
    sentence,
    '종가 130이 전 봉의 시가 × 1.01 120.19보다 높아요, RSI(2) 100이 90보다 높아요, 도지가 나타났어요.',
  );
  assert.equal(new RuleReasons(resolved.rules, rules).sentence(running.because('exit')), '');
});
