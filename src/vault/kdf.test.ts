import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVaultWithKey } from './create-vault.ts';
import { checkKdf, deriveSlotKey, kdfCeiling, kdfDefault, kdfFloor } from './kdf.ts';

test('checkKdf() takes floor, default and ceiling of threat-model §7, and nothing beyond them', () => {
  assert.deepEqual(kdfDefault, { memoryKib: 262_144, passes: 3, parallelism: 4 });
  assert.deepEqual(kdfFloor, { memoryKib: 65_536, passes: 3, parallelism: 1 });
  assert.deepEqual(kdfCeiling, { memoryKib: 1_048_576, passes: 10, parallelism: 16 });
  for (const parameters of [kdfFloor, kdfDefault, kdfCeiling]) checkKdf(parameters);

  for (const name of ['memoryKib', 'passes', 'parallelism'] as const) {
    for (const value of [kdfFloor[name] - 1, kdfCeiling[name] + 1, kdfFloor[name] + 0.5, Number.NaN]) {
      assert.throws(() => checkKdf({ ...kdfFloor, [name]: value }), { code: 'vault.kdf' }, `${name} ${value}`);
    }
  }
});

test('deriveSlotKey() and createVaultWithKey() do no work outside the bounds', async () => {
  const slack = { ...kdfFloor, passes: 2 };

  await assert.rejects(deriveSlotKey(Buffer.from('x'), Buffer.alloc(16), slack), { code: 'vault.kdf' });
  const none = (): never => assert.fail('derived');
  await assert.rejects(createVaultWithKey('/nowhere/vault', slack, none), { code: 'vault.kdf' });
});
