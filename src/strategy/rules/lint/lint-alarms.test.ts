import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { presetBars } from '../fixtures/preset-bars.ts';
import { sensibleProgram } from '../fixtures/sensible-program.ts';
import { readKisYaml } from '../kis-yaml/read-kis-yaml.ts';
import { presets } from '../presets/presets.ts';
import type { Rule, RuleProgram } from '../program.ts';
import { lintProgram } from './lint-program.ts';
import { seeProgram } from './see-program.ts';

const bars = presetBars(400);
const dayOf = String;

test('the linter raises no alarm over 500 programs that make sense', () => {
  fc.assert(
    fc.property(sensibleProgram, ({ text, program }) => {
      const alarms = lintProgram(program).filter(({ severity }) => severity !== 'info');
      assert.deepEqual(alarms, [], text);
    }),
    { numRuns: 500 },
  );
});

test('over bars the linter says of programs that make sense what the bars show, and doubts no unit', () => {
  fc.assert(
    fc.property(sensibleProgram, ({ text, program }) => {
      const { evidence, findings } = seeProgram(program, bars, dayOf);
      const alarms = findings.filter(({ severity }) => severity !== 'info').map(({ code, path }) => `${code} ${path}`);
      const shown = [
        ...(evidence.entries === 0 ? ['seen strategy.entry'] : []),
        ...(evidence.exits === 0 ? ['seen strategy.exit'] : []),
        ...(evidence.both > 0 ? ['L8 strategy.exit'] : []),
      ];
      assert.deepEqual(alarms, shown, text);
    }),
    { numRuns: 30 },
  );
});

test('over bars the linter doubts no preset, and what it says of the other programs is good to know', () => {
  for (const { id, program } of presets) {
    const { findings } = seeProgram(program, presetBars(), dayOf);
    const doubts = findings.filter(({ severity, code }) => severity !== 'info' && code !== 'L8');
    assert.deepEqual(doubts, [], id);
  }
});

test('lintProgram() takes no more than 50 ms over the largest program that is read, whatever it holds', () => {
  const cost = (program: RuleProgram): number => {
    const began = process.cpuUsage();
    lintProgram(program);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000;
  };
  for (const [name, program] of Object.entries(largest)) {
    assert.ok(Math.min(...Array.from({ length: 3 }, () => cost(program))) <= 50, name);
  }
});

/** 64 indicators and 64 rules, as many as a file may have, in the shapes that cost the most to compare. */
const largest: Readonly<Record<string, RuleProgram>> = {
  'all of one value': aProgram((place) => compare(0, place % 2 === 0 ? 'greater_than' : 'less_equal', place)),
  'each of its own': aProgram((place) => compare(place, 'cross_above', 30)),
  'groups in groups': {
    ...aProgram(() => compare(0, 'equal', 1)),
    entry: nested(60),
    exit: nested(60),
  },
  'alternatives without end': {
    ...aProgram(() => compare(0, 'equal', 1)),
    entry: {
      kind: 'all',
      rules: Array.from({ length: 32 }, (_, place) => ({
        kind: 'any',
        rules: [compare(place, 'less_than', 40), compare(place + 1, 'greater_than', 60)],
      })),
    },
  },
};

function nested(depth: number): RuleProgram['entry'] {
  const rules: readonly Rule[] = [compare(depth, 'greater_than', depth)];
  return depth === 0
    ? { kind: 'any', rules }
    : { kind: depth % 2 === 0 ? 'all' : 'any', rules: [nested(depth - 1), ...rules] };
}

function compare(
  place: number,
  operator: 'greater_than' | 'less_than' | 'less_equal' | 'equal' | 'cross_above',
  value: number,
): Rule {
  const left = { kind: 'indicator', alias: `r${place % 64}`, output: 'value', barsAgo: 0, scale: null } as const;
  return { kind: 'compare', left, operator, right: { kind: 'number', value } };
}

function aProgram(rule: (place: number) => Rule): RuleProgram {
  const read = readKisYaml(
    `version: "1.0"\nmetadata: { name: x }\nstrategy: { id: x, entry: { logic: AND, conditions: [] }, exit: { logic: OR, conditions: [] } }`,
  );
  assert.ok(read.kind === 'program');
  const indicators = Array.from({ length: 64 }, (_, place) => ({
    alias: `r${place}`,
    label: '',
    id: 'rsi',
    params: { period: place + 2 },
    output: 'value',
  }));
  const rules = Array.from({ length: 64 }, (_, place) => rule(place));
  return { ...read.program, indicators, entry: { kind: 'all', rules }, exit: { kind: 'any', rules } };
}
