import { randomBytes } from 'node:crypto';
import type { Secret } from '#domain/secret.ts';
import { openBytes, sealBytes } from './cipher.ts';
import type { SecretMeta } from './vault.ts';
import type { SecretRecord } from './vault-file.ts';

const keyBytes = 32;

/** `sealSecret()` of a text, whose bytes are zeroed afterwards. */
export function sealText(wrappingKey: Buffer, vaultId: string, meta: SecretMeta, value: Secret): SecretRecord {
  const plain = Buffer.from(value.reveal());
  const record = sealSecret(wrappingKey, vaultId, meta, plain);
  plain.fill(0);
  return record;
}

/** Seals `plain` under a data key of its own. Both ciphertexts are bound to vault, name, broker, environment, version and type (INV-22). */
function sealSecret(wrappingKey: Buffer, vaultId: string, meta: SecretMeta, plain: Buffer): SecretRecord {
  const dataKey = randomBytes(keyBytes);
  const record = {
    meta,
    dataKey: sealBytes(wrappingKey, dataKey, secretBinding('data-key', vaultId, meta)),
    value: sealBytes(dataKey, plain, secretBinding('value', vaultId, meta)),
  };
  dataKey.fill(0);
  return record;
}

/** The value, for the caller to zero after use; null when the record was changed or belongs elsewhere. */
export function openSecret(
  wrappingKey: Buffer,
  vaultId: string,
  { meta, dataKey, value }: SecretRecord,
): Buffer | null {
  const key = openBytes(wrappingKey, dataKey, secretBinding('data-key', vaultId, meta));
  if (key === null) return null;
  const plain = openBytes(key, value, secretBinding('value', vaultId, meta));
  key.fill(0);
  return plain;
}

function secretBinding(part: 'data-key' | 'value', vaultId: string, meta: SecretMeta): readonly (string | number)[] {
  return [part, vaultId, meta.name, meta.broker, meta.environment, meta.version, meta.type, meta.savedAt];
}
