import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { describeProblem } from './config-problem.ts';
import { readTradingConfig } from './trading-config-file.ts';
import { parseTradingConfig } from './trading-config.ts';
import { tutorialConfig } from '../../tests/support/tutorial-config.ts';

const example = readFileSync(new URL('../../examples/tutorial/trading_config.yaml', import.meta.url), 'utf8');
/** The file as tutorials print it. */
const flow = `strategy: { ma_short: 5, ma_long: 20, rsi_period: 14, rsi_oversold: 30, rsi_overbought: 70, bb_period: 20, bb_std: 2,
            stop_loss: 0.03, take_profit: 0.05, max_position: 5, position_size: 0.2 }`;

describe('readTradingConfig()', () => {
  test('reads the file of the tutorials as it stands, in either form of YAML', () => {
    assert.deepEqual(readTradingConfig(flow), { kind: 'read', config: tutorialConfig });
    assert.deepEqual(readTradingConfig(example), { kind: 'read', config: tutorialConfig });
  });

  test('lets overrides win, spelt as in the file', () => {
    const read = readTradingConfig(example, { ma_short: 3 });

    assert.deepEqual(read, { kind: 'read', config: { ...tutorialConfig, maShort: 3 } });
  });

  test('names a mistyped key, its line and the nearest right one', () => {
    const [unknown, missing] = sentences(example.replace('stop_loss', 'stop_los'));

    assert.equal(unknown, 'f.yaml:11:3: "stop_los" is not a setting we know. Did you mean "stop_loss"?');
    assert.match(missing ?? '', /"stop_loss" is missing, wanted a number from 0\.001 to 0\.99\.$/);
  });

  test('refuses values of the wrong kind or out of range, each with its line', () => {
    const change = (from: string, to: string): readonly string[] => sentences(example.replace(from, to));

    assert.match(change('ma_short: 5', 'ma_short: 5.5')[0] ?? '', /^f\.yaml:4:3: "ma_short" is 5\.5, wanted a whole/);
    assert.match(change('ma_short: 5', 'ma_short: five')[0] ?? '', /"ma_short" is "five"/);
    assert.match(change('stop_loss: 0.03', 'stop_loss: 3')[0] ?? '', /"stop_loss" is 3, wanted a number from 0\.001/);
    assert.match(change('bb_std: 2', 'bb_std: .nan')[0] ?? '', /"bb_std" is null/);
    assert.match(change('ma_short: 5', 'ma_short: 20')[0] ?? '', /"ma_short" is 20, wanted less than "ma_long"/);
    assert.match(change('rsi_oversold: 30', 'rsi_oversold: 80')[0] ?? '', /wanted less than "rsi_overbought"/);
  });

  test('refuses broken YAML, keys given twice, more than one document, and other keys at the top', () => {
    assert.match(sentences('strategy: { ma_short: 5')[0] ?? '', /^f\.yaml:\d+:\d+: This is not valid YAML/);
    assert.match(sentences(`${example}  ma_short: 6\n`)[0] ?? '', /^f\.yaml:15:3: "ma_short" stands twice/);
    assert.match(sentences('strategy: { [a, b]: 1 }')[0] ?? '', /^f\.yaml:1:13: A list or a map cannot stand before/);
    assert.match(sentences(`${flow}\n---\nstrategy: {}\n`)[0] ?? '', /not valid YAML/);
    assert.match(sentences(`${example}account: 1\n`)[0] ?? '', /^f\.yaml:15:1: "account" is not known here/);
    assert.match(sentences('strategy: 5')[0] ?? '', /"strategy" holds no settings/);
    assert.match(sentences('')[0] ?? '', /The file holds no settings/);
  });

  test('refuses anchors and aliases, and so a bomb of them, at once', () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefghi'.split('').map((key, at) => `${key}: &${key} [*${'abcdefgh'[at]}, *${'abcdefgh'[at]}]`),
    ];

    assert.match(sentences(bomb.join('\n'))[0] ?? '', /^f\.yaml:1:\d+: Anchors \(&\) and aliases \(\*\)/);
    assert.match(sentences(`strategy: ${'x'.repeat(70_000)}`)[0] ?? '', /The file is too long: 70010 characters/);
  });

  test('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        assert.equal(readTradingConfig(text).kind, 'problems');
      }),
    );
  });
});

test('parseTradingConfig() refuses whatever is no map', () => {
  for (const value of [null, undefined, 5, 'text', [1]]) assert.ok(Array.isArray(parseTradingConfig(value)));
});

function sentences(text: string): readonly string[] {
  const read = readTradingConfig(text);
  assert.equal(read.kind, 'problems');
  return read.problems.map((problem) => describeProblem('f.yaml', problem, 'en'));
}
