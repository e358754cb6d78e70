import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleFinding } from '../finding.ts';
import type { RuleProgram } from '../program.ts';
import { readKisYaml, type KisYamlOptions } from './read-kis-yaml.ts';

function read(text: string, options: KisYamlOptions = {}) {
  const file = readKisYaml(text, options);
  if (file.kind === 'refused') throw new Error(file.findings.map(({ path, en }) => `${path}: ${en}`).join('\n'));
  return file;
}

function refused(text: string): readonly RuleFinding[] {
  const file = readKisYaml(text);
  assert.equal(file.kind, 'refused');
  return file.findings;
}

function codes(findings: readonly RuleFinding[]): readonly string[] {
  return findings.map(({ code }) => code);
}

/** A file with one entry rule; `indicators` and the conditions as they stand in YAML. */
function aFile({ indicators = '', entry = '', exit = '', more = '' }: Readonly<Record<string, string>>): string {
  return `
version: "1.0"
metadata: { name: "시험" }
strategy:
  id: trial
  indicators: [${indicators}]
  entry: { logic: AND, conditions: [${entry}] }
  exit: { logic: OR, conditions: [${exit}] }
${more}`;
}

const rsi = '{ id: rsi, alias: r, params: { period: 14 } }';
const below = '{ indicator: r, operator: less_than, value: 30 }';

test('readKisYaml() reads parameters, outputs, patterns and risk of the first dialect without a remark', () => {
  const { program, findings } = read(`
version: "1.0"
metadata: { name: "RSI 되돌림", author: user, tags: [oscillator] }
strategy:
  id: rsi_rebound
  category: oscillator
  params:
    n:   { default: 14, min: 5, max: 30, type: int }
    low: { default: 30, min: 10, max: 40, type: float }
  indicators:
    - { id: rsi, alias: r, params: { period: $n } }
    - { id: bollinger, alias: bb, params: { period: 20, std: 2 }, output: lower }
  candlesticks:
    - { id: hammer, alias: hm }
  entry:
    logic: AND
    conditions:
      - { indicator: r, operator: cross_above, value: $low }
      - { indicator: close, operator: less_than, compare_to: bb, compare_output: middle }
      - { candlestick: hm, signal: bullish }
  exit:
    logic: OR
    conditions:
      - { indicator: r, operator: greater_than, value: 70 }
risk:
  stop_loss: { enabled: true, percent: 5 }
  trailing_stop: { enabled: true, percent: 8 }
`);

  assert.deepEqual(findings, []);
  assert.equal(program.source?.dialect, 'b');
  assert.deepEqual(program.indicators[0]?.params, { period: { param: 'n' } });
  assert.deepEqual(program.entry.rules[1], {
    kind: 'compare',
    left: { kind: 'price', word: 'close', barsAgo: 0 },
    operator: 'less_than',
    right: { kind: 'indicator', alias: 'bb', output: 'middle', barsAgo: 0, scale: null },
  });
  assert.deepEqual(program.entry.rules[2], { kind: 'pattern', alias: 'hm', signal: 'bullish' });
  assert.deepEqual(program.risk, { stopLossBps: 500, takeProfitBps: null, trailingStopBps: 800 });
});

test('readKisYaml() reads the five shapes that one dialect or both get wrong, and says so', () => {
  const shapes: readonly (readonly [string, string, readonly string[], (program: RuleProgram) => void])[] = [
    [
      'id: max',
      aFile({
        indicators: '{ id: max, alias: m, params: { period: 20 } }',
        entry: '{ indicator: close, operator: greater_than, compare_to: m }',
      }),
      ['id'],
      ({ indicators }) => assert.equal(indicators[0]?.id, 'maximum'),
    ],
    [
      'equals',
      aFile({ indicators: rsi, entry: '{ indicator: r, operator: equals, compare_to: 30 }' }),
      ['operator'],
      ({ entry, source }) => {
        assert.equal(entry.rules[0]?.kind === 'compare' ? entry.rules[0].operator : '', 'equal');
        assert.equal(source?.dialect, 's');
      },
    ],
    [
      'value only',
      aFile({ indicators: rsi, entry: below }),
      [],
      ({ entry }) =>
        assert.deepEqual(entry.rules[0]?.kind === 'compare' ? entry.rules[0].right : null, {
          kind: 'number',
          value: 30,
        }),
    ],
    [
      '$ref in compare_to',
      aFile({ indicators: rsi, entry: '{ indicator: r, operator: lt, compare_to: $low }' }).replace(
        '  indicators:',
        '  params: { low: { default: 30 } }\n  indicators:',
      ),
      [],
      ({ entry }) =>
        assert.deepEqual(entry.rules[0]?.kind === 'compare' ? entry.rules[0].right : null, {
          kind: 'number',
          value: { param: 'low' },
        }),
    ],
    [
      'alias-less duplicates',
      aFile({
        indicators:
          '{ id: sma, alias: fast, params: { period: 5 } }, { id: sma, params: { period: 20 } }, { id: sma, params: { period: 60 } }',
        entry: '{ indicator: fast, operator: cross_above, compare_to: sma_1 }',
      }),
      ['alias', 'alias'],
      ({ indicators }) =>
        assert.deepEqual(
          indicators.map(({ alias }) => alias),
          ['fast', 'sma_1', 'sma_2'],
        ),
    ],
  ];

  for (const [name, text, wanted, check] of shapes) {
    const { program, findings } = read(text);
    assert.deepEqual(codes(findings), wanted, name);
    for (const { ko, en, line } of findings) {
      assert.match(ko, /[가-힣].*요\./);
      assert.match(en, /\.$/);
      assert.ok(line !== null && line > 1, name);
    }
    check(program);
  }
});

test('readKisYaml() binds files without aliases as their dialect does, and warns where the two differ', () => {
  const text = aFile({
    indicators: '{ id: sma, alias: fast, params: { period: 5 } }, { id: sma, params: { period: 20 } }',
    entry: '{ indicator: fast, operator: cross_above, compare_to: sma_2 }',
  });

  assert.equal(readKisYaml(text).kind, 'refused');
  const { program, findings } = read(text, { dialect: 's' });
  assert.deepEqual(
    program.indicators.map(({ alias }) => alias),
    ['fast', 'sma_2'],
  );
  assert.match(findings[0]?.en ?? '', /B calls it "sma_1" and S "sma_2"/);
});

test('readKisYaml() reads an exit without logic as its dialect does, and warns', () => {
  const exits = `{ indicator: r, operator: greater_than, value: 70 }, { indicator: close, operator: less_than, compare_to: open }`;
  const text = aFile({ indicators: rsi, entry: below, exit: exits }).replace('exit: { logic: OR, ', 'exit: { ');

  assert.equal(read(text).program.exit.kind, 'any');
  assert.equal(read(text, { dialect: 's' }).program.exit.kind, 'all');
  assert.deepEqual(codes(read(text).findings), ['dialect']);
});

test('readKisYaml() warns of a threshold given twice, of an output that is not said, and of a stop that is off', () => {
  const twice = '{ indicator: r, operator: less_than, value: 30, compare_to: 20 }';
  const silent = '{ indicator: close, operator: less_than, compare_to: bb }';
  const bands = '{ id: bollinger, alias: bb, params: { period: 20, std: 2 } }';

  const { program, findings } = read(
    aFile({
      indicators: `${rsi}, ${bands}`,
      entry: `${twice}, ${silent}`,
      more: 'risk: { stop_loss: { percent: 5 } }',
    }),
  );

  assert.deepEqual(codes(findings), ['L2', 'L5', 'risk']);
  assert.deepEqual(program.risk.stopLossBps, null);
  const right = program.entry.rules[1]?.kind === 'compare' ? program.entry.rules[1].right : null;
  assert.equal(right?.kind === 'indicator' ? right.output : '', 'middle');
});

test('readKisYaml() reads earlier bars, groups within groups, sizing and instruments from x_snowball, and no bar to come', () => {
  const tree = (offset: number) =>
    aFile({
      indicators: '{ id: maximum, alias: top, params: { period: 252 } }',
      entry: '{ indicator: close, operator: less_than, value: 0 }',
      more: `
x_snowball:
  universe: ["005930"]
  sizing: { equity_percent: 12.5, positions_max: 8 }
  entry:
    logic: OR
    conditions:
      - { indicator: close, operator: greater_than, compare_to: top, compare_offset: ${offset} }
      - logic: AND
        conditions: [{ indicator: close, operator: greater_than, compare_to: open, compare_scalar: 1.03 }]
`,
    });

  const { program } = read(tree(1));
  assert.equal(program.entry.kind, 'any');
  assert.deepEqual(program.entry.rules[0]?.kind === 'compare' ? program.entry.rules[0].right : null, {
    kind: 'indicator',
    alias: 'top',
    output: 'value',
    barsAgo: 1,
    scale: null,
  });
  assert.deepEqual(program.sizing, { equityBps: 1_250, positionsMax: 8 });
  assert.deepEqual(program.universe, ['005930']);
  const [future] = refused(tree(-1));
  assert.equal(future?.code, 'future');
  assert.match(future?.en ?? '', /does not exist yet/);
});

test('readKisYaml() tells of every key in rules and risk that counts for nothing: a mistyped stop is no stop', () => {
  const wrong = '{ indicator: close, operator: greater_than, compare_to: r, compare_scaler: 1.02 }';
  const risk = 'risk: { stoploss: { enabled: true, percent: 5 } }\nnotes: mine';
  const one = aFile({ indicators: '{ id: rsi, alias: r, period: 9 }', entry: `${below}, ${wrong}`, more: risk });

  const { program, findings } = read(one.replace('logic: AND', 'operator: OR'));

  assert.deepEqual(
    findings.flatMap(({ code, path, severity, en }) =>
      code === 'key' ? [[path, severity, /"[^"]*"\?$/.exec(en)?.[0]]] : [],
    ),
    [
      ['strategy.indicators.0.period', 'warning', undefined],
      ['strategy.entry.operator', 'warning', undefined],
      ['strategy.entry.conditions.1.compare_scaler', 'warning', '"compare_scalar"?'],
      ['risk.stoploss', 'warning', '"stop_loss"?'],
    ],
  );
  assert.ok(findings.every(({ code, line }) => code !== 'key' || (line ?? 0) > 1));
  assert.equal(program.risk.stopLossBps, null);
});

test('readKisYaml() tells of sixteen unknown keys at the most', () => {
  const keys = Array.from({ length: 900 }, (_, place) => `  stop_loss_${place}: 1`).join('\n');

  const { findings } = read(aFile({ indicators: rsi, entry: below, more: `risk:\n${keys}` }));

  assert.equal(findings.filter(({ code }) => code === 'key').length, 16);
});

test('readKisYaml() refuses a list where one number is wanted in one finding, and says how a range is written', () => {
  const found = refused(aFile({ indicators: rsi, entry: '{ indicator: r, operator: less_than, value: [30, 40] }' }));

  assert.deepEqual(codes(found), ['shape']);
  assert.match(found[0]?.en ?? '', /a range as two conditions/);
});

test('readKisYaml() keeps keys that it does not know, where they stood', () => {
  const { program } = read(
    `${aFile({ indicators: '{ id: rsi, alias: r, params: { period: 14 }, note: kept }', entry: below })}my_key: [1, 2]`,
  );

  assert.deepEqual(program.preserved, [
    { path: ['my_key'], value: [1, 2] },
    { path: ['strategy', 'indicators', 'r', 'note'], value: 'kept' },
  ]);
});

test('readKisYaml() refuses, with the line, what cannot mean anything', () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [aFile({ indicators: rsi, entry: '{ indicator: r, operator: between, value: 3 }' }), 'L6', /between/],
    [aFile({ indicators: rsi, entry: '{ indicator: r, operator: bigger_than, value: 3 }' }), 'L6', /greater_than/],
    [aFile({ indicators: '{ id: rsy, alias: r }' }), 'L6', /Did you mean "rsi"/],
    [aFile({ more: '  candlesticks: [{ id: tweezer_top, alias: t }]' }), 'L6', /tweezer_top/],
    [aFile({ indicators: rsi, entry: '{ indicator: s, operator: less_than, value: 3 }' }), 'alias', /called "s"/],
    [aFile({ indicators: rsi, entry: '{ indicator: r, operator: less_than, value: $no }' }), 'param', /\$no/],
    [aFile({ indicators: '{ id: rsi, alias: r, params: { period: 1e308 } }' }), 'range', /1e\+308/],
    [aFile({ indicators: '{ id: rsi, alias: r, params: { period: .inf } }' }), 'range', /period/],
    [aFile({ indicators: '{ id: rsi, alias: close, params: { period: 5 } }' }), 'alias', /means a price/],
    [aFile({ indicators: `${rsi}, ${rsi}` }), 'alias', /twice/],
    [aFile({ indicators: rsi, entry: '{ indicator: r, operator: less_than }' }), 'shape', /nothing to compare/],
    [aFile({ more: 'risk: { stop_loss: { enabled: true, percent: $p } }' }), 'risk', /parameters are not taken/],
    [aFile({}).replace('시험', '"'), 'yaml', /YAML/],
    [aFile({}).replace('시험', 'a\\u202Eb'), 'L11', /cannot be seen/],
    [aFile({}).replace('시험', 'a'.repeat(201)), 'L11', /too long/],
    ['metadata: { name: "x" }', 'shape', /no "strategy"/],
  ];

  for (const [text, code, en] of cases) {
    const found = refused(text).find(({ severity }) => severity === 'error');
    assert.equal(found?.code, code, `${found?.en}\n${text}`);
    assert.match(found?.en ?? '', en);
    assert.match(found?.ko ?? '', /[가-힣]/);
  }
});
