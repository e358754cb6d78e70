import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readKisYaml } from './read-kis-yaml.ts';

const many = (count: number, line: (place: number) => string): string =>
  Array.from({ length: count }, (_, place) => line(place)).join('\n');
const head = 'version: "1.0"\nmetadata: { name: x }\nstrategy:\n  id: x\n';
/** As large as anybody writes by hand: what a good file costs to read. */
const good = `${head}  indicators:\n${many(40, (n) => `    - { id: sma, alias: s${n}, params: { period: ${n + 2} } }`)}
  entry:\n    logic: AND\n    conditions:\n${many(40, (n) => `      - { indicator: s${n}, operator: greater_than, value: ${n} }`)}\n`;

const hostile: Readonly<Record<string, string>> = {
  'open brackets': '['.repeat(250_000),
  'open maps': '{ a: '.repeat(50_000),
  'dashes in a row': '- '.repeat(130_000),
  'question marks': '? '.repeat(130_000),
  'indentation ever deeper': many(700, (n) => `${' '.repeat(n)}a:`),
  'aliases that unfold': `a: &a [x, x, x, x, x, x, x, x, x]\n${many(9, (n) => `b${n}: &b${n} [${`*${n === 0 ? 'a' : `b${n - 1}`}, `.repeat(9)}]`)}`,
  'an alias of itself': 'a: &a [*a]',
  'ten megabytes of text': `${head}# ${'x'.repeat(10_000_000)}`,
  'ten megabytes in a name': `metadata: { name: "${'x'.repeat(10_000_000)}" }`,
  'a hundred thousand lines': 'a: 1\n'.repeat(50_000),
  'a quarter million colons': ':'.repeat(250_000),
  'tags for Python': `${head}  x: !!python/object/apply:os.system ["true"]`,
  'tags for JavaScript': `${head}  x: !!js/function "function () { process.exit(1) }"`,
  'a file that includes another': `${head}  x: !include /etc/passwd`,
  'two documents': `${head}---\n${head}`,
  'the same key twice': `${head}  id: y`,
  'ten thousand indicators': `${head}  indicators: [${'{ id: rsi }, '.repeat(3_000)}]`,
  'ten thousand conditions': `${head}  entry: { conditions: [${'{ value: 1 }, '.repeat(3_000)}] }`,
  'as many words as are read at all': `${head}  indicators: [${'{ id: rsi }, '.repeat(1_300)}]`,
  'as many lines as are read at all': `${head}  entry:\n${many(4_080, (n) => `    k${n}: [`)}`,
  'a period beyond all numbers': `${head}  indicators: [{ id: sma, params: { period: 1e308 } }]`,
  'a prototype as a parameter': `${head}  params: { __proto__: { default: 1 } }`,
  'a constructor as a parameter': `${head}  params: { constructor: { default: 1 } }`,
  'text that turns round': `metadata: { name: "abc\\u202Ecod.exe" }\nstrategy: { id: x }`,
  'a line break in a name': `metadata: { name: "a\\nimport os" }\nstrategy: { id: x }`,
  'nothing at all': '',
};

test('T19 readKisYaml() refuses hostile files for no more than a good file costs, many times over', () => {
  const cost = (text: string): number => {
    const began = performance.now();
    readKisYaml(text);
    return performance.now() - began;
  };
  for (let round = 0; round < 3; round += 1) cost(good);
  const usual = Math.max(...Array.from({ length: 3 }, () => cost(good)));

  for (const [name, text] of Object.entries(hostile)) {
    assert.equal(readKisYaml(text).kind, 'refused', name);
    // The least of three: what else the machine does meanwhile is not the file's cost.
    const least = Math.min(...Array.from({ length: 3 }, () => cost(text)));
    assert.ok(least <= 3 * usual, `${name}: ${least.toFixed(1)} ms, a good file ${usual.toFixed(1)} ms`);
  }
});

test('T19 readKisYaml() takes names that are code, keys of prototypes and patterns of them for what they are: text', () => {
  const code = "x'); __import__('os').system('true'); ('";
  const file = readKisYaml(`
version: "1.0"
metadata: { name: "${code}", __proto__: { isAdmin: true } }
strategy:
  id: "${code}"
  indicators:
    - { id: rsi, alias: "${code}", params: { period: 14 } }
    - { id: rsi, alias: __proto__, params: { period: 15 } }
    - { id: rsi, alias: constructor, params: { period: 16 } }
  entry:
    conditions:
      - { indicator: "${code}", operator: less_than, value: 30 }
      - { indicator: __proto__, operator: less_than, value: 30 }
      - { indicator: constructor, operator: less_than, compare_to: __proto__ }
  exit: { logic: OR, conditions: [{ indicator: close, operator: less_than, value: 0 }] }
constructor: { prototype: { isAdmin: true } }
`);

  assert.equal(file.kind, 'program');
  if (file.kind !== 'program') return;
  assert.equal(Object.hasOwn(Object.prototype, 'isAdmin'), false);
  assert.equal(file.program.metadata.name, code);
  assert.match(file.program.metadata.id, /^[a-z0-9_-]+$/);
  for (const { alias } of file.program.indicators) assert.match(alias, /^[A-Za-z_][A-Za-z0-9_]{0,63}$/);
  assert.deepEqual(file.program.indicators.map(({ alias }) => alias).slice(1), ['ind___proto__', 'ind_constructor']);
});

test('T19 readKisYaml() refuses an unknown id, output or operator that is a property of every object', () => {
  for (const word of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    const [id, operator, output] = [
      `{ id: ${word} }`,
      `{ indicator: close, operator: ${word}, value: 1 }`,
      `{ indicator: r, output: ${word}, operator: gt, value: 1 }`,
    ];
    const base = (indicators: string, entry: string): string =>
      `${head}  indicators: [${indicators}]\n  entry: { conditions: [${entry}] }\n`;
    assert.equal(readKisYaml(base(id, '')).kind, 'refused', word);
    assert.equal(readKisYaml(base('', operator)).kind, 'refused', word);
    assert.equal(readKisYaml(base('{ id: rsi, alias: r, params: { period: 5 } }', output)).kind, 'refused', word);
    const window = `{ id: rsi, alias: r, params: { ${word}: 5 } }`;
    assert.equal(readKisYaml(base(window, '')).kind, 'refused', word);
  }
});
