import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleFinding } from '../finding.ts';
import { presetBars } from '../fixtures/preset-bars.ts';
import { readKisYaml } from '../kis-yaml/read-kis-yaml.ts';
import { writeKisYaml } from '../kis-yaml/write-kis-yaml.ts';
import { lintProgram } from './lint-program.ts';
import { seeProgram } from './see-program.ts';

const bars = presetBars();
const dayOf = (row: number): string => `bar ${row + 1}`;

/** A file, and what stands in it besides the usual: two lines of conditions, of which `exit` may be left out. */
interface File {
  readonly indicators?: string;
  readonly entry?: string;
  readonly exit?: string;
  readonly params?: string;
  readonly name?: string;
  readonly tree?: string;
}

const usual = `
    - { id: rsi, alias: r, params: { period: 14 } }
    - { id: sma, alias: s, params: { period: 20 } }
    - { id: maximum, alias: top, params: { period: 20 } }
    - { id: change, alias: move }`;
const low = '{ indicator: r, operator: less_than, value: 30 }';
const high = '{ indicator: r, operator: greater_than, value: 70 }';

function textOf({ indicators = usual, entry = low, exit = high, params = '', name = 'x', tree = '' }: File): string {
  return `version: "1.0"
metadata: { name: "${name}" }
strategy:
  id: x
  params: { ${params} }
  indicators:${indicators}
  entry: { logic: AND, conditions: [${entry}] }
  exit: { logic: OR, conditions: [${exit}] }
${tree}`;
}

/** Everything that the reader, the linter, the bars and the writer of the backtester's dialect say of a file. */
function findingsOf(file: File, barsAvailable = 900): readonly RuleFinding[] {
  const read = readKisYaml(textOf(file), { dialect: 'b' });
  if (read.kind === 'refused') return read.findings;
  const { program, findings } = read;
  const written = writeKisYaml(program, 'b');
  return [
    ...findings,
    ...lintProgram(program, { history: { bars: barsAvailable, first: '2024-01-02', last: '2024-12-30' } }),
    ...seeProgram(program, bars, dayOf).findings,
    ...(written.kind === 'refused' ? [] : written.notes),
  ];
}

interface Case {
  readonly code: string;
  readonly says: string;
  readonly fault: File;
  readonly twin: File;
  /** What the finding has to show, in both languages. */
  readonly ko: RegExp;
  readonly en: RegExp;
  readonly bars?: number;
}

const tree = (conditions: string): string => `x_snowball:\n  entry: { logic: AND, conditions: [${conditions}] }`;

const cases: readonly Case[] = [
  {
    code: 'L1',
    says: 'a close that must pass a highest close of today',
    fault: { entry: '{ indicator: close, operator: greater_than, compare_to: top }' },
    twin: { tree: tree('{ indicator: close, operator: greater_than, compare_to: top, compare_offset: 1 }') },
    ko: /절대 사지 않아요.*오늘 봉도 들어/,
    en: /can never buy.*includes today's bar/,
  },
  {
    code: 'never',
    says: 'two rules that exclude each other',
    fault: { entry: `${low}, { indicator: r, operator: cross_above, value: 40 }` },
    twin: { entry: `${low}, { indicator: r, operator: cross_above, value: 20 }` },
    ko: /절대 사지 않아요.*한꺼번에 맞을 수 없어요/,
    en: /can never buy.*cannot hold together/,
  },
  {
    code: 'never',
    says: 'a value against an index, which a run must be given',
    fault: { indicators: '\n    - { id: beta, alias: r, params: { period: 60 } }' },
    twin: { indicators: '\n    - { id: adx, alias: r, params: { period: 60 } }' },
    ko: /절대 사지 않아요.*--benchmark 069500처럼 지수를 주지 않으면/,
    en: /can never buy.*no value in a run without --benchmark/,
  },
  {
    code: 'L2',
    says: 'two numbers on the right that differ',
    fault: { entry: '{ indicator: r, operator: less_than, value: 30, compare_to: 20 }' },
    twin: { entry: '{ indicator: r, operator: less_than, value: 30, compare_to: 30 }' },
    ko: /30/,
    en: /30/,
  },
  {
    code: 'L3',
    says: 'a threshold that was lost',
    fault: { exit: '{ indicator: r, operator: greater_than, value: 0 }' },
    twin: {},
    ko: /0과 견주고/,
    en: /probably lost/,
  },
  {
    code: 'L4',
    says: 'a percentage that is written as a fraction',
    fault: { exit: '{ indicator: move, operator: greater_than, value: 0.03 }' },
    twin: { exit: '{ indicator: move, operator: greater_than, value: 3 }' },
    ko: /0\.03%.*3을 쓰려던/,
    en: /0\.03 %\. Did you mean 3/,
  },
  {
    code: 'L4',
    says: 'a number that its value was never near, with the range of the value',
    fault: { entry: '{ indicator: s, operator: less_than, value: 25 }' },
    twin: { entry: '{ indicator: s, operator: less_than, value: 25000 }' },
    ko: /이 봉들에서 [\d,.]+~[\d,.]+이었는데 25와/,
    en: /was [\d,.]+ to [\d,.]+ on these bars and is compared with 25/,
  },
  {
    code: 'L5',
    says: 'an output that is not said',
    fault: {
      indicators: '\n    - { id: bollinger, alias: b }',
      entry: '{ indicator: close, operator: less_than, compare_to: b }',
      exit: '{ indicator: close, operator: greater_than, compare_to: b, compare_output: upper }',
    },
    twin: {
      indicators: '\n    - { id: bollinger, alias: b }',
      entry: '{ indicator: close, operator: less_than, compare_to: b, compare_output: lower }',
      exit: '{ indicator: close, operator: greater_than, compare_to: b, compare_output: upper }',
    },
    ko: /middle/,
    en: /middle/,
  },
  {
    code: 'L6',
    says: 'an operator that nobody knows',
    fault: { entry: '{ indicator: r, operator: between, value: 30 }' },
    twin: { entry: low },
    ko: /between/,
    en: /between/,
  },
  {
    code: 'L7',
    says: 'a parameter that is used nowhere',
    fault: { params: 'n: { default: 30 }' },
    twin: { params: 'n: { default: 30 }', entry: '{ indicator: r, operator: less_than, value: $n }' },
    ko: /아무 데서도 쓰지 않아서/,
    en: /used nowhere/,
  },
  {
    code: 'L8',
    says: 'an exit that never fires',
    fault: { exit: '{ indicator: r, operator: greater_than, value: 100 }' },
    twin: {},
    ko: /파는 조건이 절대 맞지 않아요.*0–100.*한 번 사면 팔지 않아요/,
    en: /exit never fires.*0–100.*never sold/,
  },
  {
    code: 'seen',
    says: 'an exit that did not fire once on the bars, and how near it came',
    fault: { exit: '{ indicator: r, operator: greater_than, value: 99.5 }' },
    twin: {},
    ko: /봉 900개에서 파는 조건이 한 번도.*가장 가까웠던 날\(bar \d+\).*견준 값은 99\.5/,
    en: /In 900 bars the exit was never true\. It came closest on bar \d+.*against 99\.5/,
  },
  {
    code: 'L8',
    says: 'sides that held on the same bar, and how often',
    fault: { exit: '{ indicator: r, operator: less_than, value: 50 }' },
    twin: {},
    ko: /같은 봉에서 \d+번 함께/,
    en: /on the same bar \d+ times/,
  },
  {
    code: 'L9',
    says: 'fewer bars than the rules need',
    fault: {},
    twin: {},
    ko: /봉이 15개 필요한데 15개뿐이에요 \(2024-01-02–2024-12-30\)/,
    en: /need 15 bars.*there are 15 \(2024-01-02–2024-12-30\)/,
    bars: 15,
  },
  {
    code: 'L10',
    says: 'an indicator that the backtester computes otherwise, with both values and what it decides there',
    fault: {
      indicators: '\n    - { id: returns, alias: r, params: { period: 60 } }',
      entry: '{ indicator: r, operator: greater_than, value: 30 }',
      exit: '{ indicator: r, operator: less_than, value: -20 }',
    },
    twin: {
      indicators: '\n    - { id: roc, alias: r, params: { period: 60 } }',
      entry: '{ indicator: r, operator: greater_than, value: 30 }',
      exit: '{ indicator: r, operator: less_than, value: -20 }',
    },
    ko: /bar 900 값은 여기서 (-?[\d.]+), B\(백테스터\)에서 .*사는 조건이 60번이 아니라 \d+번, 파는 조건이 101번이 아니라 \d+번/,
    en: /On bar 900 it is -?[\d.]+ here and .* in B.*the entry holds \d+ times instead of 60, the exit holds \d+ times instead of 101/,
  },
  {
    code: 'L11',
    says: 'a name that turns the writing round',
    fault: { name: 'abc\\u202Ecod' },
    twin: { name: 'abc' },
    ko: /보이지 않는 글자/,
    en: /cannot be seen/,
  },
  {
    code: 'L12',
    says: 'a cross of a price that the backtester evaluates wrongly',
    fault: { entry: '{ indicator: high, operator: cross_above, compare_to: s }' },
    twin: { entry: '{ indicator: close, operator: cross_above, compare_to: s }' },
    ko: /B/,
    en: /B/,
  },
  {
    code: 'future',
    says: 'a bar that does not exist yet',
    fault: { tree: tree('{ indicator: close, operator: greater_than, compare_to: close, compare_offset: -1 }') },
    twin: { tree: tree('{ indicator: close, operator: greater_than, compare_to: close, compare_offset: 1 }') },
    ko: /아직 없는 봉/,
    en: /does not exist yet/,
  },
  {
    code: 'future',
    says: 'a bar that does not exist yet, in a plain condition',
    fault: { entry: '{ indicator: close, operator: greater_than, compare_to: s, compare_offset: -1 }' },
    twin: { entry: '{ indicator: close, operator: greater_than, compare_to: s }' },
    ko: /아직 없는 봉/,
    en: /does not exist yet/,
  },
  {
    code: 'extension',
    says: 'a word of ours where nobody reads it',
    fault: { entry: '{ indicator: close, operator: greater_than, compare_to: top, compare_offset: 1 }' },
    twin: { tree: tree('{ indicator: close, operator: greater_than, compare_to: top, compare_offset: 1 }') },
    ko: /compare_offset는 x_snowball 안의/,
    en: /read in conditions under x_snowball only/,
  },
];

for (const { code, says, fault, twin, ko, en, bars: available } of cases) {
  test(`${code} finds ${says}, and says nothing of its twin`, () => {
    const found = findingsOf(fault, available).filter((one) => one.code === code);

    assert.ok(
      found.some((one) => ko.test(one.ko) && en.test(one.en)),
      JSON.stringify(found, null, 1),
    );
    const same = findingsOf(twin).filter((one) => one.code === code && en.test(one.en));
    assert.deepEqual(same, []);
  });
}

test('L10 is a warning where the file was written for the program that decides otherwise, and good to know else', () => {
  const read = readKisYaml(
    textOf({ indicators: '\n    - { id: returns, alias: r, params: { period: 60 } }', entry: low, exit: high }),
  );
  assert.ok(read.kind === 'program');
  const severityFor = (dialect: 'b' | 's' | 'neutral', engine: RegExp): string | undefined => {
    const program = { ...read.program, source: { dialect, sha256: null } };
    const found = seeProgram(program, bars, dayOf).findings.filter(({ code }) => code === 'L10');
    assert.equal(found.length, 2, 'one for each of the other programs');
    return found.find(({ en }) => engine.test(en))?.severity;
  };

  assert.equal(severityFor('b', /in B \(/), 'warning');
  assert.equal(severityFor('b', /in S \(/), 'info');
  assert.equal(severityFor('s', /in S \(/), 'warning');
  assert.equal(severityFor('neutral', /in B \(/), 'info');
});
