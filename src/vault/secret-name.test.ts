import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSecret } from './secret-name.ts';
import type { SecretMeta } from './vault.ts';

const at = '2026-03-02T01:00:00Z';
const meta: SecretMeta = {
  name: 'kis.paper.app-key',
  broker: 'kis',
  environment: 'paper',
  type: 'app-key',
  version: 1,
  savedAt: at,
  label: 'CURRENT',
  labelledAt: at,
};

const names: readonly (readonly [string, object, boolean])[] = [
  ['a name of 100 characters', { name: `kis.${'x'.repeat(96)}` }, true],
  ['a name of 101 characters', { name: `kis.${'x'.repeat(97)}` }, false],
  ['a name without a dot', { name: 'kis' }, false],
  ['a name with an empty part', { name: 'kis..key' }, false],
  ['a name with a space', { name: 'kis.paper.app key' }, false],
  ['a name that says real, for paper', { name: 'kis.real.app-key' }, false],
  ['a name that says paper, for real', { environment: 'real' }, false],
  ['a name that says real, for real', { name: 'kis.real.app-key', environment: 'real' }, true],
  ['a name that says no environment', { name: 'kis.app-key', environment: 'real' }, true],
  ['an environment that is neither', { name: 'kis.key', environment: 'trial' }, false],
  ['a broker in capital letters', { broker: 'KIS' }, false],
  ['no broker', { broker: '' }, false],
  ['a type with a dot', { type: 'app.key' }, false],
];
for (const [name, change, isGood] of names) {
  test(`INV-14 checkSecret() ${isGood ? 'takes' : 'refuses'} ${name}`, () => {
    const check = (): void => checkSecret({ ...meta, ...change }, 1, 1);

    if (isGood) check();
    else assert.throws(check, { code: 'vault.name' });
  });
}

test('INV-40 checkSecret() takes 256 secrets and 64 KiB, and neither one more', () => {
  checkSecret(meta, 65_536, 256);

  assert.throws(() => checkSecret(meta, 65_537, 256), { code: 'vault.full' });
  assert.throws(() => checkSecret(meta, 65_536, 257), { code: 'vault.full' });
});
