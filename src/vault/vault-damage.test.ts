import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { FixConfiguration } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { createVault } from './create-vault.ts';
import { kdfFloor } from './kdf.ts';
import { openVault, openVaultBytes } from './open-vault.ts';
import { passphraseKey } from './passphrase-key.ts';
import { makeSlot, openSlot, type SlotKey } from './passphrase-slot.ts';
import { readVaultFile } from './read-vault-file.ts';
import { openSecret } from './secret-record.ts';
import { subkey } from './cipher.ts';
import { assembleFile, checksum, encodeBody, type PassphraseSlot, type VaultFile } from './vault-file.ts';

const passphrase = new Secret('불꽃 기자 보조개 산들바람 가을 머리핀');
const value = 'a secret value';

/** One vault for all cases, and its slot key, derived once and remembered by salt and parameters. */
const folder = await mkdtemp(join(tmpdir(), 'snowball-vault-'));
const file = join(folder, 'vault');
const vault = await createVault({ file, passphrase, kdf: kdfFloor });
for (const environment of ['paper', 'real'] as const) {
  const label = { broker: 'kis', environment, type: 'app-key' } as const;
  await vault.put(`kis.${environment}.app-key`, new Secret(value), label);
}
const good = await readFile(file);
await rm(folder, { recursive: true });

const derived = new Map<string, Buffer>();
const slotKey: SlotKey = async (salt, kdf) => {
  const known = readVaultFile(good).file.slots[0]!;
  assert.ok(known.kind === 'passphrase');
  const asked = JSON.stringify([salt.toString('hex'), kdf]);
  if (asked !== JSON.stringify([known.salt.toString('hex'), known.kdf])) return Buffer.alloc(32, 7);
  if (!derived.has(asked)) derived.set(asked, await passphraseKey(passphrase)(salt, kdf));
  return Buffer.from(derived.get(asked)!);
};

async function codeOf(bytes: Buffer): Promise<string> {
  try {
    await openVaultBytes(file, bytes, slotKey);
    return 'opened';
  } catch (error) {
    assert.ok(error instanceof FixConfiguration, String(error));
    return error.code;
  }
}

function passphraseSlot({ slots: [slot] }: VaultFile): PassphraseSlot {
  assert.ok(slot?.kind === 'passphrase');
  return slot;
}

/** The file as somebody without the key, but with this program, could write it: checksum true, MAC as it was. */
function forged(change: (file: VaultFile) => VaultFile): Buffer {
  const { file, mac } = readVaultFile(good);
  return assembleFile(encodeBody(change(file)), mac);
}

test('T14 the untouched file opens', async () => {
  assert.equal(await codeOf(good), 'opened');
});

test('T14 every flipped byte, and every flipped bit of a byte, is called damage', async () => {
  for (let index = 0; index < good.length; index += 1) {
    for (const flip of [0xff, 1 << (index % 8)]) {
      const bytes = Buffer.from(good);
      bytes[index]! ^= flip;

      assert.equal(await codeOf(bytes), 'vault.damaged', `byte ${index}`);
    }
  }
});

test('T14 every flipped byte is refused when the checksum was made to agree', async () => {
  const covered = good.length - 65;
  const codes = new Set<string>();
  for (let index = 0; index < covered; index += 1) {
    const bytes = Buffer.from(good);
    // The lowest bit keeps hex digits and words readable more often than not, so that later checks are reached.
    bytes[index]! ^= 1;
    bytes.write(checksum(bytes.subarray(0, covered)), covered);
    const code = await codeOf(bytes);

    assert.ok(['vault.damaged', 'vault.wrong-passphrase', 'vault.kdf'].includes(code), `byte ${index}: ${code}`);
    codes.add(code);
  }

  assert.deepEqual([...codes].toSorted(), ['vault.damaged', 'vault.kdf', 'vault.wrong-passphrase']);
});

test('T14 a file cut off anywhere, or with something behind it, is called damage', async () => {
  for (let length = 0; length < good.length; length += 1) {
    assert.equal(await codeOf(good.subarray(0, length)), 'vault.damaged', `${length} bytes`);
  }
  assert.equal(await codeOf(Buffer.concat([good, Buffer.from('\n')])), 'vault.damaged');
});

test('T14 swapped, renamed, re-labelled, removed and repeated records are called damage', async () => {
  const changes: readonly ((file: VaultFile) => VaultFile)[] = [
    (file) => ({ ...file, secrets: file.secrets.toReversed() }),
    (file) => ({ ...file, secrets: file.secrets.slice(1) }),
    (file) => ({ ...file, secrets: [...file.secrets, file.secrets[0]!] }),
    (file) => ({
      ...file,
      secrets: file.secrets.map((record, index, all) => ({ ...record, value: all[1 - index]!.value })),
    }),
    ...[
      { name: 'kis.paper.other' },
      { broker: 'ls' },
      { environment: 'real' as const },
      { version: 99 },
      { type: 'x' },
    ].map((change) => (file: VaultFile) => ({
      ...file,
      secrets: file.secrets.map((record) => ({ ...record, meta: { ...record.meta, ...change } })),
    })),
    (file) => ({ ...file, generation: file.generation + 1 }),
  ];

  for (const change of changes) assert.equal(await codeOf(forged(change)), 'vault.damaged');
});

test('INV-22 a record does not open under another name, broker, environment, version or type, MAC or no MAC', async () => {
  const { file } = readVaultFile(good);
  const rootKey = await openSlot(file.id, passphraseSlot(file), slotKey);
  assert.ok(rootKey !== null);
  const key = subkey(rootKey, 'data keys', file.id);
  const record = file.secrets[0]!;
  const moved = [
    { name: 'kis.paper.other' },
    { broker: 'ls' },
    { environment: 'real' as const },
    { version: 99 },
    { type: 'token' },
    { savedAt: '2020-01-01T00:00:00Z' },
  ];

  assert.equal(openSecret(key, file.id, record)?.toString(), value);
  for (const change of moved) {
    assert.equal(openSecret(key, file.id, { ...record, meta: { ...record.meta, ...change } }), null);
  }
  assert.equal(openSecret(key, 'another vault', record), null);
  assert.equal(openSecret(key, file.id, { ...record, value: file.secrets[1]!.value }), null);
});

test('T14 hostile key derivation is refused before any work is done', async () => {
  const hostile = [
    { memoryKib: 1024 * 1024 + 1 },
    { memoryKib: 2 ** 40 },
    { memoryKib: 8 },
    { passes: 11 },
    { passes: 1 },
    { parallelism: 0 },
    { parallelism: 17 },
  ];
  let derivations = 0;
  const counting: SlotKey = async () => {
    derivations += 1;
    return Buffer.alloc(32);
  };

  for (const change of hostile) {
    const bytes = forged((file) => ({
      ...file,
      slots: [{ ...passphraseSlot(file), kdf: { ...passphraseSlot(file).kdf, ...change } }],
    }));
    await assert.rejects(openVaultBytes(file, bytes, counting), { code: 'vault.kdf' }, JSON.stringify(change));
  }
  assert.equal(derivations, 0);
});

test('T14 openVault() refuses a file larger than any vault without reading it', async () => {
  const place = await mkdtemp(join(tmpdir(), 'snowball-vault-'));
  const large = join(place, 'vault');
  await writeFile(large, '');
  await truncate(large, 2 ** 40);

  await assert.rejects(openVault({ file: large, passphrase }), { code: 'vault.damaged' });
  await rm(place, { recursive: true });
});

test('T14 a file without slots, with too many, or larger than any vault is called damage', async () => {
  assert.equal(await codeOf(forged((file) => ({ ...file, slots: [] }))), 'vault.damaged');
  assert.equal(
    await codeOf(forged((file) => ({ ...file, slots: Array.from({ length: 9 }, () => file.slots[0]!) }))),
    'vault.damaged',
  );
  assert.equal(await codeOf(Buffer.alloc(32 * 1024 * 1024 + 1)), 'vault.damaged');
});

test('INV-23 any of several slots opens the vault', async () => {
  const { file: parsed } = readVaultFile(good);
  const rootKey = await openSlot(parsed.id, passphraseSlot(parsed), slotKey);
  assert.ok(rootKey !== null);
  const other: SlotKey = async () => Buffer.alloc(32, 42);
  const second = await makeSlot(parsed.id, rootKey, kdfFloor, other);

  assert.deepEqual(await openSlot(parsed.id, second, other), rootKey);
  assert.equal(await openSlot(parsed.id, second, async () => Buffer.alloc(32, 43)), null);
  assert.equal(await openSlot('another vault', second, other), null);
});
