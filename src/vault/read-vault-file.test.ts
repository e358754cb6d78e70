import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readVaultFile } from './read-vault-file.ts';
import { assembleFile, encodeBody, vaultBytesMax, type VaultFile } from './vault-file.ts';

const mac = Buffer.alloc(32, 9);
const sealed = { nonce: Buffer.alloc(12, 1), bytes: Buffer.alloc(48, 2) };
const kdf = { memoryKib: 65_536, passes: 3, parallelism: 1 };
const at = '2026-03-02T01:00:00Z';
const meta = { broker: 'kis', environment: 'paper', type: 'app-key', version: 2, savedAt: at, labelledAt: at } as const;
const salt = Buffer.alloc(16, 3);
const file: VaultFile = {
  id: 'ab'.repeat(16),
  generation: 0,
  slots: [
    { kind: 'passphrase', kdf, salt, rootKey: sealed },
    { kind: 'recovery', recipient: 'age1x', salt, rootKey: sealed },
    { kind: 'credential', recipient: '', salt, rootKey: sealed },
  ],
  secrets: (['PENDING', 'CURRENT', 'PREVIOUS'] as const).flatMap((label) => [
    { meta: { ...meta, label, name: 'kis.paper.app-key' }, dataKey: sealed, value: sealed },
  ]),
};

/** The file as somebody could write it who knows the format: checksum and spelling are right, `path` holds `value`. */
function spelled(path: string, value: unknown): Buffer {
  const body: unknown = JSON.parse(encodeBody(file).toString());
  const keys = path === '' ? [] : path.split('.');
  return assembleFile(Buffer.from(JSON.stringify(withValue(body, keys, value))), mac);
}

function withValue(node: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(node))
    return node.map((item, index) => (String(index) === key ? withValue(item, rest, value) : item));
  const fields = node as Readonly<Record<string, unknown>>;
  return { ...fields, [key]: withValue(fields[key], rest, value) };
}

test('readVaultFile() reads what encodeBody() wrote, every kind of slot and every label', () => {
  const read = readVaultFile(spelled('id', file.id));

  assert.deepEqual(read.file, file);
  assert.deepEqual(read.mac, mac);
  assert.deepEqual(read.body, encodeBody(file));
});

const wrong: readonly (readonly [name: string, path: string, value: unknown])[] = [
  ['a number in place of the body', '', 7],
  ['a list in place of the body', '', []],
  ['nothing in place of the body', '', null],
  ['an id that is no text', 'id', 7],
  ['a generation below none', 'generation', -1],
  ['half a generation', 'generation', 1.5],
  ['a generation past what is exact', 'generation', 2 ** 53],
  ['a generation that is a text', 'generation', '1'],
  ['slots that are no list', 'slots', {}],
  ['secrets that are no list', 'secrets', {}],
  ['a slot of an unknown kind', 'slots.0.kind', 'pin'],
  ['another derivation', 'slots.0.kdf.algorithm', 'argon2i'],
  ['a list in place of a slot', 'slots.0', []],
  ['no derivation', 'slots.0.kdf', null],
  ['a recipient that is no text', 'slots.1.recipient', 7],
  ['a salt with half a byte', 'slots.1.salt', '0'],
  ['a salt in capital letters', 'slots.1.salt', 'AB'],
  ['an unknown label', 'secrets.0.label', 'NEXT'],
  ['an unknown environment', 'secrets.0.environment', 'trial'],
  ['a sealed value that is no object', 'secrets.0.value', 'ab'],
  ['a version below none', 'secrets.0.version', -1],
  ['a field more', 'more', 1],
];
for (const [name, path, value] of wrong) {
  test(`T14 readVaultFile() calls ${name} damage`, () => {
    assert.throws(() => readVaultFile(spelled(path, value)), { code: 'vault.damaged' });
  });
}

test('T14 readVaultFile() calls records in another order, or twice, damage', () => {
  for (const secrets of [file.secrets.toReversed(), [...file.secrets, ...file.secrets.slice(2)]]) {
    const bytes = assembleFile(encodeBody({ ...file, secrets }), mac);
    assert.throws(() => readVaultFile(bytes), { code: 'vault.damaged' });
  }
});

test('INV-40 a vault has 32 MiB at most', () => {
  assert.equal(vaultBytesMax, 33_554_432);
});

test('T14 readVaultFile() knows formats 1 and 2, and in format 1 passphrases alone', () => {
  const old: VaultFile = { ...file, slots: file.slots.slice(0, 1), secrets: [] };
  const [slot] = file.slots;
  assert.ok(slot);

  assert.deepEqual(readVaultFile(assembleFile(encodeBody(old, 1), mac, 1)).file, old);
  const later = assembleFile(encodeBody(file), mac).toString('latin1').replace('vault 2', 'vault 3');
  assert.throws(() => readVaultFile(Buffer.from(later, 'latin1')), { code: 'vault.damaged' });
  const foreign = encodeBody({ ...old, slots: file.slots.slice(1, 2) }, 1);
  assert.throws(() => readVaultFile(assembleFile(foreign, mac, 1)), { code: 'vault.damaged' });
  assert.throws(() => readVaultFile(assembleFile(encodeBody(old), mac, 1)), { code: 'vault.damaged' });
});
