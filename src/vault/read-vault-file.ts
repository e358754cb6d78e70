import { FixConfiguration } from '#domain/errors.ts';
import type { Sealed } from './cipher.ts';
import { checksum, encodeBody, vaultBytesMax, vaultMagic } from './vault-file.ts';
import type { KeySlot, PassphraseSlot, SecretRecord, Slot, VaultFile, VaultFormat } from './vault-file.ts';
import { byNameAndLabel } from './version-label.ts';

/** A file taken apart: its shape is right and its checksum holds, its authenticity is still to be proven. */
export interface ReadVaultFile {
  readonly file: VaultFile;
  readonly body: Buffer;
  readonly mac: Buffer;
}

/**
 * Takes the bytes of a vault file apart.
 *
 * @throws {FixConfiguration} vault.damaged for anything that `assembleFile` would not have written, to the byte
 */
export function readVaultFile(bytes: Buffer): ReadVaultFile {
  const parts = splitLines(bytes);
  if (parts === null) throw damaged('its lines do not match its checksum, wanted the file as it was saved');
  const file = parseBody(parts.body, parts.format);
  if (file === null) throw damaged('its content cannot be read, wanted format 1 or 2');
  return { file, body: parts.body, mac: parts.mac };
}

/** The one error for all damage. Which byte it was helps nobody but an attacker. */
export function damaged(found: string): FixConfiguration {
  return new FixConfiguration(
    'vault.damaged',
    `Cannot open the vault: ${found}. Restore a generation kept beside it (".generation-…") or your backup`,
  );
}

/** Line feed, MAC, line feed, checksum, line feed. */
const tailPattern = /^\n([0-9a-f]{64})\n([0-9a-f]{64})\n$/;
const tailBytes = 131;
/** The checksum and its line feed, which it does not cover. */
const checksumBytes = 65;

interface Parts {
  readonly format: VaultFormat;
  readonly body: Buffer;
  readonly mac: Buffer;
}

function splitLines(bytes: Buffer): Parts | null {
  const bodyStart = vaultMagic(2).length + 1;
  const bodyEnd = bytes.length - tailBytes;
  if (bytes.length > vaultBytesMax || bodyEnd <= bodyStart) return null;
  const first = bytes.toString('latin1', 0, bodyStart);
  const format = ([1, 2] as const).find((candidate) => first === `${vaultMagic(candidate)}\n`);
  if (format === undefined) return null;
  const tail = tailPattern.exec(bytes.toString('latin1', bodyEnd));
  const [, mac, sum] = tail ?? [];
  if (mac === undefined || sum !== checksum(bytes.subarray(0, bytes.length - checksumBytes))) return null;
  return { format, body: bytes.subarray(bodyStart, bodyEnd), mac: Buffer.from(mac, 'hex') };
}

/** Null unless the body is exactly what encoding its own content gives: no second spelling of the same vault exists. */
function parseBody(body: Buffer, format: VaultFormat): VaultFile | null {
  try {
    const file = vaultFile(JSON.parse(body.toString('utf8')), format);
    return encodeBody(file, format).equals(body) && isOrdered(file.secrets) ? file : null;
  } catch {
    // Not JSON, or JSON of another shape: the caller says so without quoting what was found.
    return null;
  }
}

/** Sorted, and no name with two versions under one label. */
function isOrdered(secrets: readonly SecretRecord[]): boolean {
  return secrets.every((record, index) => {
    const before = secrets[index - 1];
    return before === undefined || byNameAndLabel(before, record) < 0;
  });
}

function vaultFile(value: unknown, format: VaultFormat): VaultFile {
  const { id, generation, slots, secrets } = record(value);
  return {
    id: text(id),
    generation: count(generation),
    slots: list(slots).map((slot) => (format === 1 ? passphraseSlot(slot) : anySlot(slot))),
    secrets: list(secrets).map((secret) => secretRecord(secret, format)),
  };
}

function anySlot(value: unknown): Slot {
  const { kind } = record(value);
  return kind === 'recovery' || kind === 'credential' ? keySlot(value, kind) : passphraseSlot(value);
}

function keySlot(value: unknown, kind: KeySlot['kind']): KeySlot {
  const { recipient, salt, rootKey } = record(value);
  return { kind, recipient: text(recipient), salt: buffer(salt), rootKey: sealed(rootKey) };
}

function passphraseSlot(value: unknown): PassphraseSlot {
  const { kind, kdf, salt, rootKey } = record(value);
  const { algorithm, memoryKib, passes, parallelism } = record(kdf);
  if (kind !== 'passphrase' || algorithm !== 'argon2id') throw new TypeError('Not a slot this version can open');
  return {
    kind,
    kdf: { memoryKib: count(memoryKib), passes: count(passes), parallelism: count(parallelism) },
    salt: buffer(salt),
    rootKey: sealed(rootKey),
  };
}

function secretRecord(value: unknown, format: VaultFormat): SecretRecord {
  const fields = record(value);
  const { name, broker, environment, type, version, savedAt, dataKey, value: content } = fields;
  const { label, labelledAt } = format === 1 ? { label: 'CURRENT', labelledAt: savedAt } : fields;
  if (label !== 'PENDING' && label !== 'CURRENT' && label !== 'PREVIOUS') throw new TypeError('Not a label');
  if (environment !== 'paper' && environment !== 'real') throw new TypeError('Not an environment');
  return {
    meta: {
      name: text(name),
      broker: text(broker),
      environment,
      type: text(type),
      version: count(version),
      savedAt: text(savedAt),
      label,
      labelledAt: text(labelledAt),
    },
    dataKey: sealed(dataKey),
    value: sealed(content),
  };
}

function sealed(value: unknown): Sealed {
  const { nonce, bytes } = record(value);
  return { nonce: buffer(nonce), bytes: buffer(bytes) };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('Not an object');
  return value as Readonly<Record<string, unknown>>;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('Not a list');
  return value;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('Not a text');
  return value;
}

function count(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new TypeError('Not a count');
  return value;
}

function buffer(value: unknown): Buffer {
  const bytes = hexBytes(text(value));
  if (bytes === null) throw new TypeError('Not hex');
  return bytes;
}

function hexBytes(hex: string): Buffer | null {
  return /^(?:[0-9a-f]{2})*$/.test(hex) ? Buffer.from(hex, 'hex') : null;
}
