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

/** The root key, wrapped under 256 random bits that stand on paper or in a file of the system. */
export interface KeySlot {
  readonly kind: 'recovery' | 'credential';
  /** Public age recipient that belongs to a recovery sheet; empty for a credential. */
  readonly recipient: string;
  readonly salt: Buffer;
  readonly rootKey: Sealed;
}

export type Slot = PassphraseSlot | KeySlot;

/** One version of a secret: its own data key, wrapped by the root key, and the value under the data key. */
export interface SecretRecord {
  readonly meta: SecretMeta;
  readonly dataKey: Sealed;
  readonly value: Sealed;
}

/** What a vault file says, before anything of it has been authenticated. */
export interface VaultFile {
  readonly id: string;
  readonly generation: number;
  readonly slots: readonly Slot[];
  /** Sorted by name and label, no pair of them twice. */
  readonly secrets: readonly SecretRecord[];
}

/** Format 1 had passphrase slots only and one version a secret; it is read for ever and never written again. */
export type VaultFormat = 1 | 2;

/** First line of the file. */
export function vaultMagic(format: VaultFormat): string {
  return `snowball-vault ${format}`;
}

/** No honest vault is larger: 256 secrets of 64 KiB in base64. */
export const vaultBytesMax = 32 * 1024 * 1024;

/**
 * The body of the file: canonical JSON, one line. The MAC is taken over exactly these bytes; format 2 names itself
 * inside, so that a body of one format is never a body of the other.
 */
export function encodeBody(file: VaultFile, format: VaultFormat = 2): Buffer {
  return Buffer.from(
    JSON.stringify({
      ...(format === 1 ? {} : { format }),
      id: file.id,
      generation: file.generation,
      slots: file.slots.map(encodeSlot),
      secrets: file.secrets.map(({ meta, dataKey, value }) => ({
        name: meta.name,
        broker: meta.broker,
        environment: meta.environment,
        type: meta.type,
        version: meta.version,
        savedAt: meta.savedAt,
        ...(format === 1 ? {} : { label: meta.label, labelledAt: meta.labelledAt }),
        dataKey: encodeSealed(dataKey),
        value: encodeSealed(value),
      })),
    }),
  );
}

function encodeSlot(slot: Slot): Readonly<Record<string, unknown>> {
  const rest = { salt: slot.salt.toString('hex'), rootKey: encodeSealed(slot.rootKey) };
  if (slot.kind !== 'passphrase') return { kind: slot.kind, recipient: slot.recipient, ...rest };
  const { memoryKib, passes, parallelism } = slot.kdf;
  return { kind: slot.kind, kdf: { algorithm: 'argon2id', memoryKib, passes, parallelism }, ...rest };
}

function encodeSealed({ nonce, bytes }: Sealed): { readonly nonce: string; readonly bytes: string } {
  return { nonce: nonce.toString('hex'), bytes: bytes.toString('hex') };
}

/** Four lines: magic, body, MAC in hex, SHA-256 in hex over the three lines before it. Each ends with a line feed. */
export function assembleFile(body: Buffer, fileMac: Buffer, format: VaultFormat = 2): Buffer {
  const covered = Buffer.concat([
    Buffer.from(`${vaultMagic(format)}\n`),
    body,
    Buffer.from(`\n${fileMac.toString('hex')}\n`),
  ]);
  return Buffer.concat([covered, Buffer.from(`${checksum(covered)}\n`)]);
}

/** Hex SHA-256: tells damage from a wrong passphrase before any key is needed. It authenticates nothing. */
export function checksum(covered: Buffer): string {
  return createHash('sha256').update(covered).digest('hex');
}
