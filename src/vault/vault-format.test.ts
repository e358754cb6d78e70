import assert from 'node:assert/strict';
import { argon2Sync, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Secret } from '#domain/secret.ts';
import { createVault } from './create-vault.ts';
import { kdfFloor } from './kdf.ts';

interface Sealed {
  readonly nonce: string;
  readonly bytes: string;
}

/** AES-256-GCM as any library offers it. Nothing of src/vault is used below this line: the document is what is tested. */
function unseal(key: Uint8Array, sealed: Sealed, binding: readonly unknown[]): Buffer {
  const bytes = Buffer.from(sealed.bytes, 'hex');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.nonce, 'hex'), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(JSON.stringify(['snowball-vault/1', ...binding])));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
}

test('docs/vault-format.md is enough to open a vault with public tools', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'snowball-vault-'));
  const passphrase = '불꽃 기자 보조개 산들바람 가을 머리핀';
  const file = join(folder, 'vault');
  const vault = await createVault({ file, passphrase: new Secret(passphrase), kdf: kdfFloor });
  await vault.put('kis.real.account', new Secret('12345678-01'), {
    broker: 'kis',
    environment: 'real',
    type: 'account',
  });
  const text = await readFile(file, 'utf8');
  await rm(folder, { recursive: true });

  const [magic, body, mac, sum, rest] = text.split('\n');
  const { id, slots, secrets } = JSON.parse(body!);
  const { kdf, salt, rootKey } = slots[0];
  const slotKey = argon2Sync('argon2id', {
    message: passphrase,
    nonce: Buffer.from(salt, 'hex'),
    memory: kdf.memoryKib,
    passes: kdf.passes,
    parallelism: kdf.parallelism,
    tagLength: 32,
  });
  const root = unseal(slotKey, rootKey, ['slot', id, 'passphrase', salt, kdf.memoryKib, kdf.passes, kdf.parallelism]);
  const subkey = (purpose: string) => new Uint8Array(hkdfSync('sha256', root, id, `snowball-vault/1 ${purpose}`, 32));
  const { name, broker, environment, type, version, savedAt, dataKey, value } = secrets[0];
  const belongs = [id, name, broker, environment, version, type, savedAt];
  const key = unseal(subkey('data keys'), dataKey, ['data-key', ...belongs]);

  assert.equal(unseal(key, value, ['value', ...belongs]).toString(), '12345678-01');
  assert.equal(mac, createHmac('sha256', subkey('file mac')).update(body!).digest('hex'));
  assert.equal(sum, createHash('sha256').update(`${magic}\n${body}\n${mac}\n`).digest('hex'));
  assert.deepEqual([magic, rest], ['snowball-vault 2', '']);
});
