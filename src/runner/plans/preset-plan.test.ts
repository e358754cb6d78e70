import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presetPlan } from './preset-plan.ts';
import { readSnowballConfig } from './snowball-config.ts';

function planOf(entry: string) {
  const read = readSnowballConfig(`strategies:\n  - ${entry}\n`);
  assert.ok(read.kind === 'read', JSON.stringify(read));
  const [only] = read.config.strategies;
  assert.ok(only?.kind === 'preset');
  return presetPlan(only);
}

test('presetPlan() trades a preset of ours under the name and with the numbers of snowball.yaml', () => {
  const plan = planOf(
    "{ name: crossed, kind: preset, preset: sma_crossover, symbols: ['005930'], settings: { fast: 3 } }",
  );

  assert.deepEqual([plan.name, plan.kind, plan.symbols, plan.interval], ['crossed', 'rules', ['005930'], '1d']);
  assert.notEqual(plan.remark, '');
});

test('presetPlan() refuses a preset that is not there and numbers that it does not take', () => {
  process.env['SNOWBALL_LANGUAGE'] = 'en';
  const entry = (rest: string): string => `{ name: crossed, kind: preset, symbols: ['005930'], ${rest} }`;

  assert.throws(() => planOf(entry('preset: none')), {
    code: 'runner.config',
    message: /no preset "none", wanted one of/,
  });
  assert.throws(() => planOf(entry('preset: sma_crossover, settings: { quick: 3 }')), {
    code: 'runner.config',
    message: /"quick", wanted one of/,
  });
});
