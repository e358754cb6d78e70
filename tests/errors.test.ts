import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { indicators } from '#indicators/catalogue.ts';
import { unrepeatableSources } from '#link/unrepeatable.ts';

const root = join(import.meta.dirname, '..');
const document = readFileSync(join(root, 'docs', 'errors.md'), 'utf8');
const [errors = '', incidents = ''] = document.split('## Incidents in the journal');
const sources = globSync('src/**/*.ts', { cwd: root })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(root, file), 'utf8'));

/** Words with a dot that are no codes of ours: files, the parser's, and the kinds of records, which have a table of their own. */
const files = /\.(json|jsonl|lock|sock|sqlite|token|ts|yaml)$|^vault\.passphrase$|^commander\./;
/** Places in a `.kis.yaml` file. */
const places = /^metadata\.|^strategy\.(category|entry|exit|id|params)$/;
/** Outputs of indicators, as tables about them name them. */
const outputs = new Set(indicators.flatMap(({ id, outputs: names }) => names.map((name) => `${id}.${name}`)));
const recordKinds = new Set([
  ...matches(readFileSync(join(root, 'src/gateway/desk/records.ts'), 'utf8'), /^ {2}'([a-z]+\.[a-z-]+)':/gm),
  ...matches(readFileSync(join(root, 'src/journal/checkpoint.ts'), 'utf8'), /Kind = '([a-z]+\.[a-z-]+)';/g),
]);

test('docs/errors.md lists every error code of the sources once, sorted, and none that is gone', () => {
  const thrown = sources
    .flatMap((source) => matches(source, /'([a-z]+\.[a-z][a-z0-9-]*)'/g))
    .filter((word) => !files.test(word) && !places.test(word) && !recordKinds.has(word) && !outputs.has(word))
    // Names of chance and the clock, as a strategy file has them.
    .filter((word) => !Object.hasOwn(unrepeatableSources, word));

  const listed = codesOf(errors);

  assert.ok(recordKinds.size > 10, 'the kinds of records were found');
  assert.deepEqual(listed, [...new Set(thrown)].toSorted());
});

test('docs/errors.md gives each thrown code the class with which it is thrown', () => {
  const classes = /new (RetryLater|Reconcile|Halt|FixConfiguration)\(\s*'([a-z.-]+)'/g;
  const thrown = sources.flatMap((source) => [...source.matchAll(classes)].map(([, name, code]) => ({ name, code })));

  const wrong = thrown.filter(({ name, code }) => !errors.includes(`| \`${code}\` | ${name} |`));

  assert.ok(thrown.length > 90, `only ${thrown.length} codes were found`);
  assert.deepEqual(wrong, []);
});

test('docs/errors.md says of each code what happened and what to do, in English and in Korean', () => {
  const rows = document.split('\n').filter((line) => line.startsWith('| `'));

  for (const row of rows) {
    const cells = row.split(' | ').slice(1);
    const korean = cells.at(-1) ?? '';
    assert.ok(cells.length >= 3 && cells.every((cell) => cell.trim() !== ''), row);
    assert.match(korean, /[가-힣].*요\. \|$/, row);
  }
});

test('docs/errors.md lists every incident that the gateway writes into the journal', () => {
  const written = globSync('src/gateway/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) =>
      matches(readFileSync(join(root, file), 'utf8'), /(?:'incident', (?:\{\s*)?code:|incident\()\s*'([a-z-]+)'/g),
    );

  assert.deepEqual(codesOf(incidents), [...new Set(written)].toSorted());
});

function codesOf(text: string): readonly string[] {
  return matches(text, /^\| `([a-z][a-z0-9.-]*)` \|/gm);
}

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, code = '']) => code);
}
