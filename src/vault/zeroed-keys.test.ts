import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Secret } from '#domain/secret.ts';
import { openBytes, sealBytes } from './cipher.ts';
import { createVaultWithKey } from './create-vault.ts';
import { zeroedBy } from './fixtures/zeroed-by.ts';
import { kdfFloor } from './kdf.ts';
import { makeKeySlot, openKeySlot } from './key-slot.ts';
import type { LocalVault } from './local-vault.ts';
import { openVaultBytes, openVaultWith } from './open-vault.ts';
import { passphraseKey } from './passphrase-key.ts';
import { makeSlot, openSlot, type SlotKey } from './passphrase-slot.ts';
import { readVaultFile } from './read-vault-file.ts';
import { assembleFile } from './vault-file.ts';

const name = 'kis.paper.app-key';
const label = { broker: 'kis', environment: 'paper', type: 'app-key' } as const;
const credential = { kind: 'credential', key: new Secret('ab'.repeat(32)) } as const;
const none = Buffer.alloc(32);
let folder = '';
let path = '';
let vault: LocalVault;

const quickKey: SlotKey = (salt) => Promise.resolve(createHash('sha256').update(salt).digest());

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snowball-zeroed-'));
  path = join(folder, 'house', 'vault');
  vault = await createVaultWithKey(path, kdfFloor, quickKey);
  await vault.put(name, new Secret('CANARY-1'), label);
});

after(async () => {
  await rm(folder, { recursive: true });
});

function keysOf(zeroed: readonly Buffer[]): readonly Buffer[] {
  return zeroed.filter(({ length }) => length === 32);
}

test('§7 get() and put() zero each key and each plain text that they made', async () => {
  const read = await zeroedBy(() => vault.get(name));
  assert.equal(keysOf(read).length, 2, 'wrapping key and data key');
  assert.ok(read.some((bytes) => bytes.toString() === 'CANARY-1'));

  const written = await zeroedBy(() => vault.put(name, new Secret('CANARY-2'), label));
  assert.equal(keysOf(written).length, 4, 'and the keys of file and witness');
  assert.ok(written.some((bytes) => bytes.toString() === 'CANARY-2'));
});

test('§7 makeSlot() and openSlot() zero the key that was derived for them', async () => {
  const derived: Buffer[] = [];
  const slotKey: SlotKey = () => {
    const key = Buffer.alloc(32, 42);
    derived.push(key);
    return Promise.resolve(key);
  };

  const slot = await makeSlot('id', randomBytes(32), kdfFloor, slotKey);
  await openSlot('id', slot, slotKey);

  assert.deepEqual(derived, [none, none]);
  assert.equal(slot.salt.length, 16);
});

test('§7 makeKeySlot() and openKeySlot() zero the key of the slot and the text it was made of', async () => {
  const rootKey = randomBytes(32);
  const made: { slot?: ReturnType<typeof makeKeySlot> } = {};

  const making = await zeroedBy(() => (made.slot = makeKeySlot('id', rootKey, credential, '')));
  const { slot } = made;
  assert.ok(slot);
  const opening = await zeroedBy(() => assert.deepEqual(openKeySlot('id', slot, credential), rootKey));

  assert.equal(slot.salt.length, 16);
  for (const zeroed of [making, opening]) {
    assert.equal(keysOf(zeroed).length, 1);
    assert.ok(zeroed.some((bytes) => bytes.toString() === credential.key.reveal()));
  }
});

test('§7 openBytes() zeroes what it deciphered before it found the tag wrong', async () => {
  const sealed = sealBytes(none, Buffer.from('CANARY-3'), ['one']);

  const zeroed = await zeroedBy(() => assert.equal(openBytes(none, sealed, ['other']), null));

  assert.deepEqual(
    zeroed.map((bytes) => bytes.toString()),
    ['CANARY-3'],
  );
});

test('§7 passphraseKey() zeroes the bytes of the passphrase', async () => {
  const zeroed = await zeroedBy(() => passphraseKey(new Secret('불꽃 기자'))(Buffer.alloc(16), kdfFloor));

  assert.deepEqual(
    zeroed.map((bytes) => bytes.toString()),
    ['불꽃 기자'],
  );
});

test('§7 a vault that is refused after its root key was found has it zeroed', async () => {
  await vault.changeSlots({ kind: 'replace', key: credential });
  const bytes = await readFile(path);
  const { body } = readVaultFile(bytes);
  const rolledBack = { file: path, key: credential, seen: { id: vault.id, generation: vault.generation + 1 } };

  const [slotKey, ...refused] = keysOf(
    await zeroedBy(() => assert.rejects(openVaultWith(rolledBack), { code: 'vault.rolled-back' })),
  );
  const [, ...forged] = keysOf(
    await zeroedBy(() =>
      assert.rejects(openVaultBytes(path, assembleFile(body, none), credential), { code: 'vault.damaged' }),
    ),
  );

  const slot = readVaultFile(bytes).file.slots.find(({ kind }) => kind === 'credential');
  assert.ok(slotKey && slot && slot.kind !== 'passphrase');
  const rootKey = openKeySlot(vault.id, slot, credential);
  assert.ok(rootKey);
  for (const keys of [refused, forged]) assert.ok(keys.some((key) => key.equals(rootKey)));
  await writeFile(path, bytes);
});
