import assert from 'node:assert/strict';
import { createDecipheriv, hkdfSync } from 'node:crypto';
import { Decrypter } from 'age-encryption';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Secret } from '#domain/secret.ts';
import { createVault } from '../create-vault.ts';
import { zeroedBy } from '../fixtures/zeroed-by.ts';
import { kdfFloor } from '../kdf.ts';
import { openKeySlot } from '../key-slot.ts';
import type { LocalVault } from '../local-vault.ts';
import { openVaultWith } from '../open-vault.ts';
import { readVaultFile } from '../read-vault-file.ts';
import { drillBackup, openBackup, restoreBackup, writeBackup } from './backup.ts';
import { newRecoverySheet, type RecoverySheet } from './recovery-sheet.ts';

const passphrase = new Secret('불꽃 기자 보조개 산들바람 가을 머리핀');
const label = { broker: 'kis', environment: 'paper', type: 'app-key' } as const;
const name = 'kis.paper.app-key';
let folder = '';
let file = '';
let backup = '';
let vault: LocalVault;
let sheet: RecoverySheet;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snowball-backup-'));
  file = join(folder, 'house', 'vault');
  backup = join(folder, 'backup.age');
  vault = await createVault({ file, passphrase, kdf: kdfFloor });
  await vault.put(name, new Secret('value'), label);
  sheet = await newRecoverySheet();
  await assert.rejects(writeBackup(vault, file, backup), { code: 'vault.no-recovery' });
  await vault.changeSlots({
    kind: 'replace',
    key: { kind: 'recovery', sheet: sheet.key },
    recipient: sheet.recipient,
  });
  await writeBackup(vault, file, backup);
});

after(async () => {
  await rm(folder, { recursive: true });
});

interface Sealed {
  readonly nonce: string;
  readonly bytes: string;
}

/** AES-256-GCM as any library offers it; our own code takes no part. */
function unseal(secret: Uint8Array, sealed: Sealed, binding: readonly unknown[]): Buffer {
  const bytes = Buffer.from(sealed.bytes, 'hex');
  const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(sealed.nonce, 'hex'), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(JSON.stringify(['snowball-vault/1', ...binding])));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
}

test('T15 INV-23 the recovery sheet and public tools alone bring every value back from a backup', async () => {
  // Step 1: `age -d`, here the public package; it knows nothing of Snowball.
  const decrypter = new Decrypter();
  decrypter.addIdentity(sheet.key.reveal());
  const text = await decrypter.decrypt(await readFile(backup), 'text');

  // Step 2: docs/vault-format.md with nothing but HKDF and AES-GCM.
  const { id, slots, secrets } = JSON.parse(text.split('\n')[1]!);
  const slot = slots.find(({ kind }: { readonly kind: string }) => kind === 'recovery');
  const salt = Buffer.from(slot.salt, 'hex');
  const slotKey = new Uint8Array(hkdfSync('sha256', sheet.key.reveal(), salt, 'snowball-vault/1 recovery slot', 32));
  const root = unseal(slotKey, slot.rootKey, ['slot', id, 'recovery', slot.salt, slot.recipient]);
  const subkey = new Uint8Array(hkdfSync('sha256', root, id, 'snowball-vault/1 data keys', 32));
  const { dataKey, value, ...meta } = secrets[0];
  const belongs = [id, meta.name, meta.broker, meta.environment, meta.version, meta.type, meta.savedAt];
  const data = unseal(subkey, dataKey, ['data-key', ...belongs]);

  assert.equal(unseal(data, value, ['value', ...belongs]).toString(), 'value');
  assert.equal(text, await readFile(file, 'utf8'), 'the plain content is the vault file, byte for byte');
});

test('writeBackup() makes a file in which nothing of the vault can be read, and that no other sheet opens', async () => {
  const bytes = await readFile(backup);
  assert.match(bytes.toString('latin1'), /^age-encryption\.org\/v1\n-> X25519 /);
  for (const word of [vault.id, 'kis.paper', 'snowball']) assert.ok(!bytes.includes(word));

  const other = await newRecoverySheet();
  await assert.rejects(openBackup(backup, file, other), { code: 'vault.backup' });
});

test('T14 every flipped byte of a backup is refused', async () => {
  const good = await readFile(backup);
  const place = join(folder, 'flipped.age');
  for (let index = 0; index < good.length; index += Math.ceil(good.length / 120)) {
    const bytes = Buffer.from(good);
    bytes[index]! ^= 1;
    await writeFile(place, bytes);
    await assert.rejects(openBackup(place, file, sheet), { code: 'vault.backup' }, `byte ${index}`);
  }
});

test('restoreBackup() brings a lost vault back, later than anything that was seen, and keeps what lay there', async () => {
  const place = join(folder, 'restored', 'vault');
  await cp(join(file, '..'), join(place, '..'), { recursive: true });
  await writeFile(place, 'destroyed');
  const restored = await restoreBackup(backup, place, sheet, 41);

  assert.equal(restored.generation, 42);
  assert.equal(restored.get(name).reveal(), 'value');
  const opened = await openVaultWith({
    file: place,
    key: { kind: 'recovery', sheet: sheet.key },
    seen: { id: vault.id, generation: 41 },
  });
  await opened.put(name, new Secret('goes on'), label);
  assert.equal(opened.generation, 43);
  assert.equal(await readFile(`${place}.before-restore`, 'utf8'), 'destroyed');
  assert.deepEqual(
    (await readdir(join(place, '..'))).filter((entry) => entry.includes('.restored')),
    [],
  );
});

test('restoreBackup() makes the folder for its owner alone when there is none, and another vault´s past is no bar', async () => {
  const place = join(folder, 'new', 'deep', 'vault');
  const restored = await restoreBackup(backup, place, sheet, 0);

  assert.equal(restored.get(name).reveal(), 'value');
  assert.equal((await stat(join(place, '..'))).mode & 0o777, 0o700);
});

test('restoreBackup() stops when what lay there cannot be moved aside', async () => {
  const place = join(folder, 'blocked', 'vault');
  await cp(join(file, '..'), join(place, '..'), { recursive: true });
  await mkdir(join(`${place}.before-restore`, 'occupied'), { recursive: true });
  const before = await readFile(place);

  await assert.rejects(restoreBackup(backup, place, sheet, 0), { code: 'EISDIR' });
  assert.deepEqual(await readFile(place), before);
});

test('§7 drillBackup() seals every vault that it opened on its way', async () => {
  const key = { kind: 'recovery', sheet: sheet.key } as const;
  const slot = readVaultFile(await readFile(file)).file.slots.find(({ kind }) => kind === 'recovery');
  assert.ok(slot && slot.kind !== 'passphrase');
  const rootKey = openKeySlot(vault.id, slot, key);
  assert.ok(rootKey);

  const zeroed = await zeroedBy(() => drillBackup(vault, backup, sheet));

  // The backup, its copy under a later generation, and what was restored of it.
  assert.equal(zeroed.filter((bytes) => bytes.equals(rootKey)).length, 3);
});

test('drillBackup() says that a backup is as good as the vault, or which values it lacks, and leaves nothing behind', async () => {
  const before = (await readdir(tmpdir())).filter((entry) => entry.startsWith('snowball-drill-')).length;
  const same = await drillBackup(vault, backup, sheet);
  assert.deepEqual([same.secrets, same.different], [1, []]);

  const place = join(folder, 'later', 'vault');
  await cp(join(file, '..'), join(place, '..'), { recursive: true });
  const later = await openVaultWith({ file: place, key: { kind: 'recovery', sheet: sheet.key } });
  await later.put(name, new Secret('changed since'), label);
  await later.put('kis.paper.account', new Secret('12345678-01'), { ...label, type: 'account' });
  const result = await drillBackup(later, backup, sheet);

  assert.deepEqual(result.different, ['kis.paper.account CURRENT', 'kis.paper.app-key CURRENT']);
  const left = (await readdir(tmpdir())).filter((entry) => entry.startsWith('snowball-drill-')).length;
  assert.equal(left, before);
});
