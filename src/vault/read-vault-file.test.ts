import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readVaultFile } from './read-vault-file.ts';
import { assembleFile, encodeBody, type VaultFile } from './vault-file.ts';

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

type Json = Record<string, any>;

/** The file as somebody could write it who knows the format: checksum and spelling are right. */
function spelled(change: (body: Json) => unknown): Buffer {
  const body = JSON.parse(encodeBody(file).toString()) as Json;
  return assembleFile(Buffer.from(JSON.stringify(change(body) ?? body)), mac);
}

test('readVaultFile() reads what encodeBody() wrote, every kind of slot and every label', () => {
  const read = readVaultFile(spelled(() => undefined));

  assert.deepEqual(read.file, file);
  assert.deepEqual(read.mac, mac);
  assert.deepEqual(read.body, encodeBody(file));
});

const wrong: readonly (readonly [string, (body: Json) => unknown])[] = [
  ['a number in place of the body', () => 7],
  ['a list in place of the body', () => []],
  ['an id that is no text', (body) => void (body['id'] = 7)],
  ['a generation below none', (body) => void (body['generation'] = -1)],
  ['half a generation', (body) => void (body['generation'] = 1.5)],
  ['a generation past what is exact', (body) => void (body['generation'] = 2 ** 53)],
  ['a generation that is a text', (body) => void (body['generation'] = '1')],
  ['slots that are none', (body) => void (body['slots'] = {})],
  ['secrets that are none', (body) => void (body['secrets'] = {})],
  ['a slot of an unknown kind', (body) => void (body['slots'][0].kind = 'pin')],
  ['another derivation', (body) => void (body['slots'][0].kdf.algorithm = 'argon2i')],
  ['a list in place of a slot', (body) => void (body['slots'][0] = [])],
  ['no derivation', (body) => void (body['slots'][0].kdf = null)],
  ['a recipient that is no text', (body) => void (body['slots'][1].recipient = 7)],
  ['a salt with half a byte', (body) => void (body['slots'][1].salt = '0')],
  ['a salt in capital letters', (body) => void (body['slots'][1].salt = 'AB')],
  ['an unknown label', (body) => void (body['secrets'][0].label = 'NEXT')],
  ['an unknown environment', (body) => void (body['secrets'][0].environment = 'trial')],
  ['a sealed value that is no object', (body) => void (body['secrets'][0].value = 'ab')],
  ['a version below none', (body) => void (body['secrets'][0].version = -1)],
  ['a field more', (body) => void (body['more'] = 1)],
  ['records in another order', (body) => void body['secrets'].reverse()],
  ['a record twice', (body) => void (body['secrets'] = [body['secrets'][0], body['secrets'][0]])],
];
for (const [name, change] of wrong) {
  test(`T14 readVaultFile() calls ${name} damage`, () => {
    assert.throws(() => readVaultFile(spelled(change)), { code: 'vault.damaged' });
  });
}

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
