import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rules } from './rules.ts';

const document = readFileSync(new URL('../../docs/rules/guard.md', import.meta.url), 'utf8');

test('docs/rules/guard.md gives each rule of the guard a number, and no number to two sentences', () => {
  const numbers = [...document.matchAll(/\*\*(G\d+)\*\*/g)].map(([, number]) => number);
  const silent = Object.keys(rules).filter((code) => !document.includes(`*${code}*`));

  assert.ok(numbers.length > 50, `only ${numbers.length} numbers were found`);
  assert.deepEqual(
    numbers.filter((number, index) => numbers.indexOf(number) !== index),
    [],
  );
  assert.deepEqual(silent, []);
});
