import { createHash } from 'node:crypto';
import type { Sealed } from './cipher.ts';
import type { KdfParameters } from './kdf.ts';
import type { SecretMeta } from './vault.ts';

/** The root key, wrapped by what a passphrase derives. */
export interface PassphraseSlot {
  readonly kind: 'passphrase';
  readonly kdf: KdfParameters;
  readonly salt: Buffer;
  readonly rootKey: Sealed;
}

/** One secret: its own data key, wrapped by the root key, and the value under the data key. */
export interface SecretRecord {
  readonly meta: SecretMeta;
  readonly dataKey: Sealed;
  readonly value: Sealed;
}

/** What a vault file says, before anything of it has been authenticated. */
export interface VaultFile {
  readonly id: string;
  readonly generation: number;
  readonly slots: readonly PassphraseSlot[];
  /** Sorted by name, no name twice. */
  readonly secrets: readonly SecretRecord[];
}

/** First line of the file. */
export const vaultMagic = 'snowball-vault 1';

/** No honest vault is larger: 256 secrets of 64 KiB in base64. */
export const vaultBytesMax = 32 * 1024 * 1024;

/**
 * The body of the file: canonical JSON, one line. The MAC is taken over exactly these bytes.
 */
export function encodeBody(file: VaultFile): Buffer {
  return Buffer.from(
    JSON.stringify({
      id: file.id,
      generation: file.generation,
      slots: file.slots.map((slot) => ({
        kind: slot.kind,
        kdf: {
          algorithm: 'argon2id',
          memoryKib: slot.kdf.memoryKib,
          passes: slot.kdf.passes,
          parallelism: slot.kdf.parallelism,
        },
        salt: slot.salt.toString('hex'),
        rootKey: encodeSealed(slot.rootKey),
      })),
      secrets: file.secrets.map(({ meta, dataKey, value }) => ({
        name: meta.name,
        broker: meta.broker,
        environment: meta.environment,
        type: meta.type,
        version: meta.version,
        savedAt: meta.savedAt,
        dataKey: encodeSealed(dataKey),
        value: encodeSealed(value),
      })),
    }),
  );
}

function encodeSealed({ nonce, bytes }: Sealed): { readonly nonce: string; readonly bytes: string } {
  return { nonce: nonce.toString('hex'), bytes: bytes.toString('hex') };
}

/** Four lines: magic, body, MAC in hex, SHA-256 in hex over the three lines before it. Each ends with a line feed. */
export function assembleFile(body: Buffer, fileMac: Buffer): Buffer {
  const covered = Buffer.concat([Buffer.from(`${vaultMagic}\n`), body, Buffer.from(`\n${fileMac.toString('hex')}\n`)]);
  return Buffer.concat([covered, Buffer.from(`${checksum(covered)}\n`)]);
}

/** Hex SHA-256: tells damage from a wrong passphrase before any key is needed. It authenticates nothing. */
export function checksum(covered: Buffer): string {
  return createHash('sha256').update(covered).digest('hex');
}
