import { readFile, stat } from 'node:fs/promises';
import { FixConfiguration } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import { checkKdf } from './kdf.ts';
import { LocalVault } from './local-vault.ts';
import { openSlot, type SlotKey } from './passphrase-slot.ts';
import { passphraseKey } from './passphrase-key.ts';
import { damaged, readVaultFile } from './read-vault-file.ts';
import type { Vault } from './vault.ts';
import { vaultBytesMax, type VaultFile } from './vault-file.ts';

export interface OpenVaultOptions {
  readonly file: string;
  readonly passphrase: Secret;
  /** The generation the journal saw last; an older file is refused as rolled back. Not checked when absent. */
  readonly generationMin?: number;
}

/** Slots that are tried; each costs one derivation. */
const slotsMax = 8;

/**
 * Opens a vault file and proves that every byte of it is as it was saved.
 *
 * @throws {FixConfiguration} vault.not-found · vault.damaged · vault.kdf · vault.wrong-passphrase · vault.rolled-back
 */
export async function openVault(options: OpenVaultOptions): Promise<Vault> {
  const bytes = await readBytes(options.file);
  const vault = await openVaultBytes(options.file, bytes, passphraseKey(options.passphrase));
  if (options.generationMin === undefined || vault.generation >= options.generationMin) return vault;
  vault.seal();
  throw new FixConfiguration(
    'vault.rolled-back',
    `Cannot open the vault: its generation is ${vault.generation}, at least ${options.generationMin} is recorded. An older copy was put in its place`,
  );
}

/** The seam of `openVault()` below file and passphrase, for tests that open the same vault ten thousand times. */
export async function openVaultBytes(path: string, bytes: Buffer, slotKey: SlotKey): Promise<Vault> {
  const read = readVaultFile(bytes);
  const rootKey = await openRootKey(read.file, slotKey);
  const vault = new LocalVault(path, rootKey, read.file, bytes);
  try {
    vault.authenticate(read);
  } catch (error) {
    vault.seal();
    throw error;
  }
  return vault;
}

async function openRootKey({ id, slots }: VaultFile, slotKey: SlotKey): Promise<Buffer> {
  if (slots.length === 0 || slots.length > slotsMax)
    throw damaged(`it has ${slots.length} slots, wanted 1 to ${slotsMax}`);
  for (const slot of slots) checkKdf(slot.kdf);
  for (const slot of slots) {
    const rootKey = await openSlot(id, slot, slotKey);
    if (rootKey !== null) return rootKey;
  }
  throw new FixConfiguration(
    'vault.wrong-passphrase',
    'Cannot open the vault: the passphrase does not fit, wanted the one it was made with. Check the order of the words',
  );
}

async function readBytes(file: string): Promise<Buffer> {
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
