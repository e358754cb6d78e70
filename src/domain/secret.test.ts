import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { test } from 'node:test';
import { Secret } from './secret.ts';

const canary = 'canary-7f3a';

test('Secret shows a placeholder to strings, templates, JSON and the inspector', () => {
  const secret = new Secret(canary);
  const printed = [String(secret), JSON.stringify({ secret }), inspect({ secret }, { showHidden: true, depth: 9 })];

  for (const text of printed) assert.ok(!text.includes(canary), text);
});

test('Secret cannot be read by walking its properties', () => {
  const secret = new Secret(canary);

  assert.deepEqual(Object.values(secret), []);
  assert.equal(JSON.stringify(Object.getOwnPropertyDescriptors(secret)).includes(canary), false);
});

test('Secret gives its value to reveal() alone', () => {
  assert.equal(new Secret(canary).reveal(), canary);
});
