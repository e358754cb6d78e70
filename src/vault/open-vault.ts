import { readFile, stat } from 'node:fs/promises';
import { FixConfiguration } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import { slotsMax } from './change-slots.ts';
import { checkKdf } from './kdf.ts';
import { openKeySlot } from './key-slot.ts';
import { LocalVault } from './local-vault.ts';
import { openSlot, type SlotKey } from './passphrase-slot.ts';
import { passphraseKey } from './passphrase-key.ts';
import { damaged, readVaultFile } from './read-vault-file.ts';
import type { RandomKey, VaultKey } from './vault-key.ts';
import { vaultBytesMax, type VaultFile } from './vault-file.ts';
import { readWitness } from './witness.ts';

export interface OpenVaultOptions {
  readonly file: string;
  readonly passphrase: Secret;
  /** The generation the journal saw last; an older file is refused as rolled back. Not checked when absent. */
  readonly generationMin?: number;
}

export interface OpenVaultWithOptions extends Omit<OpenVaultOptions, 'passphrase'> {
  readonly key: VaultKey;
  /** What the journal saw last; counts only for the vault of that id. */
  readonly seen?: { readonly id: string; readonly generation: number } | null;
}

/**
 * Opens a vault file with its passphrase and proves that every byte of it is as it was saved.
 *
 * @throws {FixConfiguration} vault.not-found · vault.damaged · vault.kdf · vault.wrong-passphrase · vault.rolled-back · vault.witness
 */
export async function openVault({ passphrase, ...rest }: OpenVaultOptions): Promise<LocalVault> {
  return await openVaultWith({ ...rest, key: { kind: 'passphrase', passphrase } });
}

/**
 * Opens a vault file with any key that has a slot in it.
 *
 * @throws {FixConfiguration} as `openVault()`, and vault.wrong-key for a recovery sheet or a credential
 */
export async function openVaultWith({ file, key, generationMin, seen }: OpenVaultWithOptions): Promise<LocalVault> {
  const bytes = await readBytes(file);
  const vault = await openVaultBytes(file, bytes, key.kind === 'passphrase' ? passphraseKey(key.passphrase) : key);
  try {
    const witness = await readWitness(file);
    if (witness !== null) vault.checkWitness(witness);
    vault.checkGeneration(generationMin ?? 0);
    if (seen?.id === vault.id) vault.checkGeneration(seen.generation);
  } catch (error) {
    vault.seal();
    throw error;
  }
  return vault;
}

/** The seam of `openVault()` below file and passphrase, for tests that open the same vault ten thousand times. */
export async function openVaultBytes(path: string, bytes: Buffer, key: SlotKey | RandomKey): Promise<LocalVault> {
  const read = readVaultFile(bytes);
  const rootKey = await openRootKey(read.file, key);
  const vault = new LocalVault(path, rootKey, read.file, bytes);
  try {
    vault.authenticate(read);
  } catch (error) {
    vault.seal();
    throw error;
  }
  return vault;
}

async function openRootKey({ id, slots }: VaultFile, key: SlotKey | RandomKey): Promise<Buffer> {
  if (slots.length === 0 || slots.length > slotsMax)
    throw damaged(`it has ${slots.length} slots, wanted 1 to ${slotsMax}`);
  for (const slot of slots) if (slot.kind === 'passphrase') checkKdf(slot.kdf);
  for (const slot of slots) {
    const rootKey = await (slot.kind === 'passphrase' ? tryPassphrase(id, slot, key) : tryKey(id, slot, key));
    if (rootKey !== null) return rootKey;
  }
  throw typeof key === 'function' ? wrongPassphrase() : wrongKey(key);
}

async function tryPassphrase(
  id: string,
  slot: Parameters<typeof openSlot>[1],
  key: SlotKey | RandomKey,
): Promise<Buffer | null> {
  return typeof key === 'function' ? await openSlot(id, slot, key) : null;
}

function tryKey(id: string, slot: Parameters<typeof openKeySlot>[1], key: SlotKey | RandomKey): Buffer | null {
  return typeof key === 'function' ? null : openKeySlot(id, slot, key);
}

function wrongPassphrase(): FixConfiguration {
  return new FixConfiguration(
    'vault.wrong-passphrase',
    'Cannot open the vault: the passphrase does not fit, wanted the one it was made with. Check the order of the words',
  );
}

function wrongKey({ kind }: RandomKey): FixConfiguration {
  const what = kind === 'recovery' ? 'recovery sheet' : 'credential file';
  return new FixConfiguration(
    'vault.wrong-key',
    `Cannot open the vault: the ${what} does not fit, wanted the one made last for this vault`,
  );
}

/** At most as many bytes as a vault may have. @throws {FixConfiguration} vault.not-found · vault.damaged */
export async function readBytes(file: string): Promise<Buffer> {
  try {
    // Looked at before it is read: whatever lies there must not fill the memory.
    if ((await stat(file)).size <= vaultBytesMax) return await readFile(file);
  } catch (error) {
    throw new FixConfiguration(
      'vault.not-found',
      `Cannot open the vault: "${file}" cannot be read, wanted a vault file`,
      {
        cause: error,
      },
    );
  }
  throw damaged(`it is larger than ${vaultBytesMax} bytes, wanted a vault file`);
}
