import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs, { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import { Secret } from '#domain/secret.ts';
import { createVaultWithKey } from './create-vault.ts';
import { kdfFloor } from './kdf.ts';
import { LocalVault } from './local-vault.ts';
import { openSlot, type SlotKey } from './passphrase-slot.ts';
import { readVaultFile } from './read-vault-file.ts';
import type { SecretRecord, VaultFile } from './vault-file.ts';

const name = 'kis.paper.app-key';
const label = { broker: 'kis', environment: 'paper', type: 'app-key' } as const;
const credential = { kind: 'credential', key: new Secret('ab'.repeat(32)) } as const;
let folder = '';
let made = 0;

const quickKey: SlotKey = (salt) => Promise.resolve(createHash('sha256').update(salt).digest());

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snowball-local-'));
});

after(async () => {
  await rm(folder, { recursive: true });
});

async function aVault(): Promise<{ readonly path: string; readonly vault: LocalVault }> {
  made += 1;
  const path = join(folder, `house-${made}`, 'vault');
  const vault = await createVaultWithKey(path, kdfFloor, quickKey);
  await vault.put(name, new Secret('CANARY-1'), label);
  return { path, vault };
}

/** The same vault as memory holds it, with another content and a root key that the test can watch. */
async function inMemory(change: (secrets: readonly SecretRecord[]) => readonly SecretRecord[]) {
  const { path } = await aVault();
  const { file } = readVaultFile(await readFile(path));
  const [slot] = file.slots;
  assert.ok(slot?.kind === 'passphrase');
  const rootKey = await openSlot(file.id, slot, quickKey);
  assert.ok(rootKey !== null);
  const changed: VaultFile = { ...file, secrets: change(file.secrets) };
  return { rootKey, vault: new LocalVault(path, rootKey, changed, null) };
}

test('INV-22 get() calls a record damaged that its key does not open', async () => {
  const { vault } = await inMemory(([record]) => {
    assert.ok(record);
    return [{ ...record, value: { ...record.value, nonce: Buffer.alloc(12) } }];
  });

  assert.throws(() => vault.get(name), { code: 'vault.damaged' });
});

test('§7 seal() zeroes the root key, and closes slots and versions too', async () => {
  const { rootKey, vault } = await inMemory((secrets) => secrets);
  assert.notDeepEqual(rootKey, Buffer.alloc(32));

  vault.seal();

  assert.deepEqual(rootKey, Buffer.alloc(32));
  assert.throws(() => vault.slots(), { code: 'vault.sealed' });
  assert.throws(() => vault.versions(), { code: 'vault.sealed' });
});

test('INV-40 a vault holds 256 secrets: another value of one still goes in, a 257th does not', async () => {
  const { vault } = await inMemory(([record]) => {
    assert.ok(record);
    const at = (index: number) => `kis.paper.key-${String(index).padStart(3, '0')}`;
    return Array.from({ length: 256 }, (_, index) => ({ ...record, meta: { ...record.meta, name: at(index) } }));
  });

  await assert.rejects(vault.put('kis.paper.other', new Secret('x'), label), { code: 'vault.full' });
  await vault.put('kis.paper.key-255', new Secret('x'), label);
  await vault.delete('kis.paper.key-000');
  await vault.put('kis.paper.other', new Secret('x'), label);
  assert.equal(vault.versions().length, 256);
});

test('delete() says so when there is nothing of that name, and changes nothing', async () => {
  const { vault } = await aVault();

  await assert.rejects(vault.delete('kis.paper.none'), { code: 'vault.no-secret' });
  assert.equal(vault.generation, 2);
});

test('changeSlots() is one generation; what is only added leaves the earlier ones in place', async () => {
  const { path, vault } = await aVault();

  await vault.changeSlots({ kind: 'add', key: credential });

  assert.equal(vault.generation, 3);
  const kept = (await readdir(join(path, '..'))).filter((entry) => entry.includes('.generation-'));
  assert.deepEqual(kept.toSorted(), ['vault.generation-1', 'vault.generation-2']);
  assert.deepEqual(vault.slots(), [
    { kind: 'passphrase', recipient: null },
    { kind: 'credential', recipient: null },
  ]);
});

test('saveAs() goes on from the later of the generation wanted and its own', async () => {
  const { vault } = await aVault();

  await vault.saveAs(1);
  assert.equal(vault.generation, 3);
  await vault.saveAs(9);
  assert.equal(vault.generation, 9);
});

test('a vault prints its id and generation, and whether it is sealed', async () => {
  const { vault } = await aVault();
  assert.equal(inspect(vault), `[vault ${vault.id} generation 2]`);

  vault.seal();

  assert.equal(inspect(vault), `[vault ${vault.id} generation 2 sealed]`);
});

test('seal() ends the saves that wait with vault.sealed, and a passphrase that is being derived', async () => {
  const { path, vault } = await aVault();
  const passphrase = new Secret('불꽃 기자 보조개 산들바람 가을 머리핀');
  const saves = [
    vault.changeSlots({ kind: 'replace', key: { kind: 'passphrase', passphrase } }),
    vault.put(name, new Secret('x'), label),
  ];
  const codes = Promise.all(saves.map((save) => save.then(String, ({ code }: { code?: string }) => code)));
  await new Promise(setImmediate);
  vault.seal();

  assert.deepEqual(await codes, ['vault.sealed', 'vault.sealed']);
  assert.equal(readVaultFile(await readFile(path)).file.generation, 2);
});

test('seal() while the disk writes lets the save end, and takes nothing of it into memory', async () => {
  const { path, vault } = await aVault();
  const { rename } = fs;
  fs.rename = async (from, to) => {
    vault.seal();
    await rename(from, to);
  };
  syncBuiltinESMExports();
  try {
    await vault.put(name, new Secret('x'), label).catch(() => {});
  } finally {
    Object.assign(fs, { rename });
    syncBuiltinESMExports();
  }

  assert.equal(readVaultFile(await readFile(path)).file.generation, 3);
  assert.equal(vault.generation, 2);
});
