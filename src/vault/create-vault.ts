import { randomBytes } from 'node:crypto';
import { access, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import { checkKdf, kdfDefault, type KdfParameters } from './kdf.ts';
import { LocalVault } from './local-vault.ts';
import { makeSlot, type SlotKey } from './passphrase-slot.ts';
import { passphraseKey } from './passphrase-key.ts';
import { checkPassphrase } from './passphrase.ts';

export interface CreateVaultOptions {
  /** Where the file goes; its folder is made with mode 0700 when it is not there. */
  readonly file: string;
  readonly passphrase: Secret;
  /** 256 MiB, 3 passes, 4 lanes unless told; never below 64 MiB, 3 passes, 1 lane. */
  readonly kdf?: KdfParameters;
}

/**
 * Makes an empty vault, saves it and leaves it open.
 *
 * @throws {FixConfiguration} vault.exists · vault.weak-passphrase · vault.kdf · vault.save
 */
export async function createVault(options: CreateVaultOptions): Promise<LocalVault> {
  checkPassphrase(options.passphrase);
  return await createVaultWithKey(options.file, options.kdf ?? kdfDefault, passphraseKey(options.passphrase));
}

/** The seam of `createVault()` below the passphrase, for tests that make many vaults. */
export async function createVaultWithKey(file: string, kdf: KdfParameters, slotKey: SlotKey): Promise<LocalVault> {
  checkKdf(kdf);
  if (await exists(file)) {
    throw new FixConfiguration(
      'vault.exists',
      `Cannot create the vault "${file}": a file of that name is there. Open it, or move it away first`,
    );
  }
  const id = randomBytes(16).toString('hex');
  const rootKey = randomBytes(32);
  const slot = await makeSlot(id, rootKey, kdf, slotKey);
  await makeFolder(dirname(file));
  const vault = new LocalVault(file, rootKey, { id, generation: 1, slots: [slot], secrets: [] }, null);
  await vault.saveFirst();
  return vault;
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new FixConfiguration('vault.save', `Cannot make the folder "${folder}": the disk refused it`, {
      cause: error,
    });
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    // Whatever hides the file, saving beside it will say.
    return false;
  }
}
