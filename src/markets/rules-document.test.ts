import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);

/** Numbers of the rules that `folder`'s tests begin with. */
function testedIn(folder: string): string[] {
  const directory = new URL(`src/${folder}/`, root);
  return readdirSync(directory)
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => [...readFileSync(new URL(name, directory), 'utf8').matchAll(/\btest\(\s*['`](M\d+) /g)])
    .map((match) => match[1] ?? '');
}

test('docs/rules/markets.md numbers its rules in order, and each has a test that begins with its number', () => {
  const text = readFileSync(new URL('docs/rules/markets.md', root), 'utf8');
  const written = [...text.matchAll(/^- \*\*(M\d+)\*\* /gm)].map((match) => match[1] ?? '');
  const tested = new Set([...testedIn('markets'), ...testedIn('exchange')]);

  assert.deepEqual(
    written,
    written.map((_, index) => `M${index + 1}`),
  );
  assert.deepEqual([...tested].sort(), [...written].sort());
});
