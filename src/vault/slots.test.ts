import assert from 'node:assert/strict';
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Secret } from '#domain/secret.ts';
import { makeCredentialFile, readCredentialFile } from './credential-file.ts';
import { createVault } from './create-vault.ts';
import { kdfFloor } from './kdf.ts';
import type { LocalVault } from './local-vault.ts';
import { openVault, openVaultBytes, openVaultWith } from './open-vault.ts';
import { readVaultFile } from './read-vault-file.ts';
import { assembleFile, encodeBody, type VaultFile } from './vault-file.ts';
import type { RandomKey } from './vault-key.ts';
import { readWitness } from './witness.ts';
import { newRecoverySheet, readRecoverySheet, sheetRows } from './backup/recovery-sheet.ts';

const passphrase = new Secret('불꽃 기자 보조개 산들바람 가을 머리핀');
const name = 'kis.paper.app-key';
let folder = '';
let file = '';
let vault: LocalVault;
let sheet: RandomKey;
let credential: RandomKey;

/** One vault with all three ways in; tests that change it work on a copy. */
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snowball-slots-'));
  file = join(folder, 'house', 'vault');
  vault = await createVault({ file, passphrase, kdf: kdfFloor });
  await vault.put(name, new Secret('value'), { broker: 'kis', environment: 'paper', type: 'app-key' });
  const recovery = await newRecoverySheet();
  sheet = { kind: 'recovery', sheet: recovery.key };
  credential = { kind: 'credential', key: await makeCredentialFile(join(folder, 'credential')) };
  await vault.changeSlots({ kind: 'add', key: sheet, recipient: recovery.recipient });
  await vault.changeSlots({ kind: 'add', key: credential });
});

after(async () => {
  await rm(folder, { recursive: true });
});

let copies = 0;

/** Opened with the recovery sheet, which costs no derivation. */
async function aCopy(): Promise<{ readonly file: string; readonly vault: LocalVault }> {
  copies += 1;
  const place = join(folder, `copy-${copies}`);
  await cp(join(file, '..'), place, { recursive: true });
  const path = join(place, 'vault');
  return { file: path, vault: await openVaultWith({ file: path, key: sheet }) };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? 'other',
  );
}

test('INV-23 passphrase, recovery sheet and credential each open the vault alone', async () => {
  const opened = [
    await openVault({ file, passphrase }),
    await openVaultWith({ file, key: sheet }),
    await openVaultWith({ file, key: credential }),
  ];

  for (const each of opened) assert.equal(each.get(name).reveal(), 'value');
  assert.deepEqual(
    vault.slots().map(({ kind }) => kind),
    ['passphrase', 'recovery', 'credential'],
  );
});

test('INV-23 losing any single slot never loses the vault', async () => {
  const bytes = await readFile(file);
  const { file: parsed } = readVaultFile(bytes);
  for (const lost of parsed.slots) {
    const opened: string[] = [];
    for (const key of [sheet, credential]) {
      if (key.kind === lost.kind) continue;
      opened.push((await openVaultBytes(file, bytes, key)).get(name).reveal());
    }
    assert.ok(opened.length >= 1, `without ${lost.kind}`);
    assert.ok(opened.every((value) => value === 'value'));
  }
});

test('openVaultWith() refuses a strange sheet, a strange credential, and one kind of key as the other', async () => {
  const other = await newRecoverySheet();
  const asCredential = sheet.kind === 'recovery' ? sheet.sheet : passphrase;

  const codes = [
    await codeOf(openVaultWith({ file, key: { kind: 'recovery', sheet: other.key } })),
    await codeOf(openVaultWith({ file, key: { kind: 'credential', key: new Secret('00'.repeat(32)) } })),
    await codeOf(openVaultWith({ file, key: { kind: 'credential', key: asCredential } })),
  ];

  assert.deepEqual(codes, ['vault.wrong-key', 'vault.wrong-key', 'vault.wrong-key']);
  await assert.rejects(openVaultWith({ file, key: { kind: 'recovery', sheet: other.key } }), /the recovery sheet does/);
  await assert.rejects(
    openVaultWith({ file, key: { kind: 'credential', key: asCredential } }),
    /the credential file does/,
  );
});

test('changeSlots() gives a new passphrase, ends the old one here and in every kept generation, and touches no secret', async () => {
  const copy = await aCopy();
  const sealed = readVaultFile(await readFile(copy.file)).file.secrets;
  const chosen = new Secret('달팽이 무지개 고구마 비행기 도토리 목도리');
  await copy.vault.changeSlots({ kind: 'replace', key: { kind: 'passphrase', passphrase: chosen } });

  const beside = (await readdir(join(copy.file, '..'))).toSorted();
  assert.deepEqual(beside, ['vault', 'vault.generation']);
  assert.equal(await codeOf(openVault({ file: copy.file, passphrase })), 'vault.wrong-passphrase');
  assert.equal((await openVault({ file: copy.file, passphrase: chosen })).get(name).reveal(), 'value');
  const { secrets, slots } = readVaultFile(await readFile(copy.file)).file;
  assert.deepEqual(secrets, sealed);
  assert.deepEqual(
    slots.flatMap((slot) => (slot.kind === 'passphrase' ? [slot.kdf] : [])),
    [kdfFloor],
    'a guess costs what it cost before',
  );
});

test('changeSlots() refuses a weak passphrase and changes nothing', async () => {
  const copy = await aCopy();
  const key = { kind: 'passphrase', passphrase: new Secret('password') } as const;

  assert.equal(await codeOf(copy.vault.changeSlots({ kind: 'replace', key })), 'vault.weak-passphrase');
  assert.equal((await openVaultWith({ file: copy.file, key: sheet })).generation, vault.generation);
});

test('INV-23 changeSlots() never takes the passphrase away, nor the second of two ways in', async () => {
  const copy = await aCopy();

  assert.equal(await codeOf(copy.vault.changeSlots({ kind: 'remove', slot: 'passphrase' })), 'vault.last-slot');
  await copy.vault.changeSlots({ kind: 'remove', slot: 'credential' });
  assert.equal(await codeOf(openVaultWith({ file: copy.file, key: credential })), 'vault.wrong-key');
  assert.equal(await codeOf(copy.vault.changeSlots({ kind: 'remove', slot: 'recovery' })), 'vault.last-slot');
});

test('changeSlots() holds eight ways in at most', async () => {
  const copy = await aCopy();
  const add = (): Promise<void> => copy.vault.changeSlots({ kind: 'add', key: credential });
  for (let count = 3; count < 8; count += 1) await add();

  assert.equal(await codeOf(add()), 'vault.full');
  assert.equal(copy.vault.slots().length, 8);
  assert.equal((await openVaultWith({ file: copy.file, key: credential })).slots().length, 8);
});

test('T14 a recovery slot with another recipient, and a slot moved to another vault, do not open', async () => {
  const { file: parsed, mac } = readVaultFile(await readFile(file));
  const forged = (change: (file: VaultFile) => VaultFile): Buffer => assembleFile(encodeBody(change(parsed)), mac);
  const stranger = (await newRecoverySheet()).recipient;

  const renamed = forged((all) => ({
    ...all,
    slots: all.slots.map((slot) => (slot.kind === 'recovery' ? { ...slot, recipient: stranger } : slot)),
  }));
  const moved = forged((all) => ({ ...all, id: '0'.repeat(32) }));

  assert.equal(await codeOf(openVaultBytes(file, renamed, sheet)), 'vault.wrong-key');
  assert.equal(await codeOf(openVaultBytes(file, moved, sheet)), 'vault.wrong-key');
});

test('T14 labels are kept by the MAC: PREVIOUS passed off as CURRENT is called damage', async () => {
  const copy = await aCopy();
  await copy.vault.putPending(name, new Secret('next'));
  const { file: parsed, mac } = readVaultFile(await readFile(copy.file));
  const swapped = parsed.secrets.map((record) => ({
    ...record,
    meta: { ...record.meta, label: record.meta.label === 'CURRENT' ? ('PENDING' as const) : ('CURRENT' as const) },
  }));

  for (const secrets of [swapped, swapped.toReversed()]) {
    const bytes = assembleFile(encodeBody({ ...parsed, secrets }), mac);
    assert.equal(await codeOf(openVaultBytes(copy.file, bytes, sheet)), 'vault.damaged');
  }
});

test('T14 every flipped byte of the witness is refused, and an older vault beside a newer witness is a rollback', async () => {
  const copy = await aCopy();
  const old = await readFile(copy.file);
  await copy.vault.put(name, new Secret('newer'), { broker: 'kis', environment: 'paper', type: 'app-key' });
  const witness = `${copy.file}.generation`;
  const good = await readFile(witness);
  for (let index = 0; index < good.length; index += 1) {
    const bytes = Buffer.from(good);
    bytes[index]! ^= 1;
    await writeFile(witness, bytes);
    assert.equal(await codeOf(openVaultWith({ file: copy.file, key: sheet })), 'vault.witness', `byte ${index}`);
  }
  await writeFile(witness, good);
  await writeFile(copy.file, old);

  assert.equal(await codeOf(openVaultWith({ file: copy.file, key: sheet })), 'vault.rolled-back');
  await rm(witness);
  assert.equal(await codeOf(openVaultWith({ file: copy.file, key: sheet })), 'done');
});

test('T14 readWitness() takes what a vault wrote, says null where there is none, and refuses everything else', async () => {
  const path = join(folder, 'witness');
  const text = `snowball-vault-witness 1\n${'ab'.repeat(16)} 7\n${'cd'.repeat(32)}\n`;
  assert.equal(await readWitness(path), null);

  await writeFile(`${path}.generation`, text);
  assert.deepEqual(await readWitness(path), { id: 'ab'.repeat(16), generation: 7, mac: 'cd'.repeat(32) });
  await writeFile(`${path}.generation`, text.replace(' 7', ' 07'));
  assert.equal(await codeOf(readWitness(path)), 'vault.witness');
  assert.equal(await codeOf(readWitness(join(folder, 'credential', 'vault'))), 'vault.witness', 'not a folder');
});

test('openVaultWith() asks the journal too, and only about its own vault', async () => {
  const seen = { id: vault.id, generation: vault.generation + 1 };

  assert.equal(await codeOf(openVaultWith({ file, key: sheet, seen })), 'vault.rolled-back');
  assert.equal(await codeOf(openVaultWith({ file, key: sheet, seen: { ...seen, id: 'f'.repeat(32) } })), 'done');
});

test('a vault of format 1 opens with all it held, and the next save writes format 2', async () => {
  const place = join(folder, 'old', 'vault');
  await cp(new URL('fixtures/format-1.vault', import.meta.url), place);
  const opened = await openVault({ file: place, passphrase });

  assert.equal(opened.generation, 3);
  assert.equal(opened.get(name).reveal(), 'paper key of format 1');
  assert.equal(opened.get('kis.real.account').reveal(), '12345678-01');
  const recovery = await newRecoverySheet();
  const key = { kind: 'recovery', sheet: recovery.key } as const;
  await opened.changeSlots({ kind: 'add', key, recipient: recovery.recipient });
  assert.match(await readFile(place, 'utf8'), /^snowball-vault 2\n\{"format":2,/);
  assert.equal((await openVaultWith({ file: place, key })).get(name).reveal(), 'paper key of format 1');
});

test('readRecoverySheet() takes a key as it is typed from the sheet, and finds every misread character', async () => {
  const made = await newRecoverySheet();
  const rows = sheetRows(made);
  const typed = await readRecoverySheet(new Secret(rows.join('\n ').toLowerCase()));
  assert.deepEqual([typed.key.reveal(), typed.recipient], [made.key.reveal(), made.recipient]);

  const text = made.key.reveal();
  for (let index = 16; index < text.length; index += 1) {
    const wrong = `${text.slice(0, index)}${text[index] === 'Q' ? 'P' : 'Q'}${text.slice(index + 1)}`;
    assert.equal(await codeOf(readRecoverySheet(new Secret(wrong))), 'vault.sheet', `character ${index}`);
  }
  assert.deepEqual(
    rows.map((row) => row.split(' ').map((group) => group.length)),
    [[16], [4, 4, 4, 4, 4], [4, 4, 4, 4, 4], [4, 4, 4, 4, 2]],
  );
});

test('readCredentialFile() takes a file for its owner alone with 64 hex digits, and nothing else', async () => {
  const path = join(folder, 'key');
  const key = await makeCredentialFile(path);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.equal((await readCredentialFile(path)).reveal(), key.reveal());
  assert.equal(await codeOf(makeCredentialFile(path)), 'vault.credential');

  for (const mode of [0o604, 0o620, 0o610]) {
    await chmod(path, mode);
    const wrong = { code: 'vault.credential', message: new RegExp(`its mode is ${mode.toString(8)}, wanted 600`) };
    await assert.rejects(readCredentialFile(path), wrong);
  }
  await chmod(path, 0o440);
  assert.equal(await codeOf(readCredentialFile(path)), 'done');
  await chmod(path, 0o600);
  for (const content of ['', 'xyz', 'ab'.repeat(31), 'ab'.repeat(33), 'AB'.repeat(32), 'a'.repeat(500)]) {
    await writeFile(path, content);
    assert.equal(await codeOf(readCredentialFile(path)), 'vault.credential', content.slice(0, 8));
  }
  await writeFile(path, 'a'.repeat(129));
  await assert.rejects(readCredentialFile(path), /it has 129 bytes/);
  await writeFile(path, 'a'.repeat(128));
  await assert.rejects(readCredentialFile(path), /its content is another/);
  assert.equal(await codeOf(readCredentialFile(join(folder, 'none'))), 'vault.credential');
});
