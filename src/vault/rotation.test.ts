import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Secret } from '#domain/secret.ts';
import { createVaultWithKey } from './create-vault.ts';
import { kdfFloor } from './kdf.ts';
import type { LocalVault } from './local-vault.ts';
import { openVaultBytes } from './open-vault.ts';
import type { SlotKey } from './passphrase-slot.ts';

const name = 'kis.paper.app-key';
const label = { broker: 'kis', environment: 'paper', type: 'app-key' } as const;
let folder = '';
let made = 0;

const quickKey: SlotKey = (salt) => Promise.resolve(createHash('sha256').update(salt).digest());

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snowball-rotation-'));
});

after(async () => {
  await rm(folder, { recursive: true });
});

async function aVault(): Promise<{ readonly file: string; readonly vault: LocalVault }> {
  made += 1;
  const file = join(folder, `vault-${made}`, 'vault');
  const vault = await createVaultWithKey(file, kdfFloor, quickKey);
  await vault.put(name, new Secret('one'), label);
  return { file, vault };
}

/** The process is gone: all that is left is the file. */
async function afterCrash(file: string): Promise<LocalVault> {
  return await openVaultBytes(file, await readFile(file), quickKey);
}

function labels(vault: LocalVault): readonly string[] {
  return vault.versions().map((meta) => `${meta.label} ${vault.get(name, meta.label).reveal()}`);
}

test('T18 the overlapping rotation survives a crash between any two of its steps, and readers always have a key', async () => {
  const { file, vault } = await aVault();

  await vault.putPending(name, new Secret('two'));
  const pending = await afterCrash(file);
  assert.deepEqual(labels(pending), ['PENDING two', 'CURRENT one']);
  assert.equal(pending.get(name).reveal(), 'one');

  // The new key was tested by a token and a balance; the crash came before the promotion.
  await pending.promote(name);
  const promoted = await afterCrash(file);
  assert.deepEqual(labels(promoted), ['CURRENT two', 'PREVIOUS one']);
  assert.equal(promoted.getFor(name, { broker: 'kis', environment: 'paper' }, 'PREVIOUS').reveal(), 'one');

  await assert.rejects(promoted.retire(name), { code: 'vault.in-grace' });
  await promoted.retire(name, 0);
  const over = await afterCrash(file);
  assert.deepEqual(labels(over), ['CURRENT two']);
});

test('T18 the cut-over rotation, whose old key is dead, takes the new key over in one step and can begin again after a crash', async () => {
  const { file, vault } = await aVault();

  // The broker issued a new key and killed the old one; the crash came before the promotion.
  await vault.putPending(name, new Secret('typed wrong'));
  const crashed = await afterCrash(file);
  await crashed.putPending(name, new Secret('two'));
  assert.deepEqual(labels(await afterCrash(file)), ['PENDING two', 'CURRENT one']);

  await crashed.promote(name);
  await crashed.retire(name, 0);
  assert.deepEqual(labels(await afterCrash(file)), ['CURRENT two']);
});

test('promote() a second time needs a new PENDING version, and drops the oldest', async () => {
  const { vault } = await aVault();
  await vault.putPending(name, new Secret('two'));
  await vault.promote(name);

  await assert.rejects(vault.promote(name), { code: 'vault.no-pending' });
  await vault.putPending(name, new Secret('three'));
  await vault.promote(name);

  assert.deepEqual(labels(vault), ['CURRENT three', 'PREVIOUS two']);
});

test('retire() keeps PREVIOUS for ten minutes from the promotion, to the second, and refuses when there is none', async () => {
  const { vault } = await aVault();
  await assert.rejects(vault.retire(name), { code: 'vault.no-previous' });
  await vault.putPending(name, new Secret('two'));
  await vault.promote(name);

  await assert.rejects(vault.retire(name, 2_000), { code: 'vault.in-grace', message: /at?.*wanted 2 s/ });
  await vault.retire(name, 0);
  assert.deepEqual(labels(vault), ['CURRENT two']);
});

test('putPending() belongs to a CURRENT value of the same broker, environment and type', async () => {
  const { vault } = await aVault();
  await assert.rejects(vault.putPending('kis.paper.account', new Secret('x')), { code: 'vault.no-secret' });
  await vault.putPending(name, new Secret('two'));

  const metas = vault.versions().map(({ broker, environment, type }) => ({ broker, environment, type }));
  assert.deepEqual(metas, [label, label]);
  assert.throws(() => vault.getFor(name, { broker: 'kis', environment: 'real' }, 'PENDING'), {
    code: 'vault.wrong-environment',
  });
});

test('put() replaces CURRENT alone, names() tells CURRENT alone, and delete() takes every version', async () => {
  const { vault } = await aVault();
  await vault.putPending(name, new Secret('two'));
  await vault.put(name, new Secret('uno'), label);

  assert.deepEqual(labels(vault), ['PENDING two', 'CURRENT uno']);
  assert.equal(vault.names().length, 1);
  await vault.delete(name);
  assert.deepEqual(vault.versions(), []);
});

test('T18 changeTogether() changes a key and its secret in one save, or neither of them', async () => {
  const { file, vault } = await aVault();
  const companion = 'kis.paper.app-secret';
  const secretLabel = { ...label, type: 'app-secret' };
  await vault.put(companion, new Secret('one too'), secretLabel);
  const before = vault.generation;
  const put = [
    { kind: 'put', name, value: new Secret('two'), binding: label },
    { kind: 'put', name: companion, value: new Secret('two too'), binding: secretLabel },
  ] as const;
  const promote = [
    { kind: 'promote', name },
    { kind: 'promote', name: companion },
  ] as const;

  await assert.rejects(vault.changeTogether([...put, { kind: 'promote', name: 'kis.paper.other' }]), {
    code: 'vault.no-pending',
  });
  assert.deepEqual(
    (await afterCrash(file)).versions().map((meta) => meta.label),
    ['CURRENT', 'CURRENT'],
  );
  assert.equal(vault.generation, before);

  await vault.changeTogether([...put, ...promote]);
  const swapped = await afterCrash(file);
  assert.equal(swapped.generation, before + 1);
  assert.deepEqual([swapped.get(name).reveal(), swapped.get(companion).reveal()], ['two', 'two too']);
  assert.deepEqual(
    [swapped.get(name, 'PREVIOUS').reveal(), swapped.get(companion, 'PREVIOUS').reveal()],
    ['one', 'one too'],
  );
  await swapped.changeTogether([{ kind: 'discard', name }]);
  assert.equal(swapped.get(name).reveal(), 'two', 'discard without a PENDING version changes no value');
});
