import { readFile } from 'node:fs/promises';
import { FixConfiguration } from '#domain/errors.ts';
import { generationPath, removeGenerations, removeLeftovers, saveFile } from './save-file.ts';
import { witnessPath } from './witness.ts';

/** A vault's files on this machine: the newest generation, the few before it, and the witness of the newest. */
export class VaultDisk {
  readonly path: string;
  /** The bytes on disk as we know them, to notice another writer; null before the first save. */
  #saved: Buffer | null;

  constructor(path: string, saved: Buffer | null) {
    this.path = path;
    this.#saved = saved;
  }

  /**
   * Puts a generation in the place of the one before, which stays beside it. The witness has to follow.
   *
   * @param before the number of the generation that is there
   * @throws {FixConfiguration} vault.save · vault.changed
   */
  async save(bytes: Buffer, before: number): Promise<void> {
    try {
      await this.#keep(before);
      await saveFile(this.path, bytes);
    } catch (error) {
      if (error instanceof FixConfiguration) throw error;
      throw new FixConfiguration('vault.save', `Cannot save the vault: the disk refused it, wanted a durable write`, {
        cause: error,
      });
    }
    this.#saved = bytes;
  }

  /** Writes the witness of the generation that was saved, and takes away what is too old. Never throws. */
  async follow(witness: Buffer): Promise<void> {
    // The vault is saved; a witness that stays behind says less than it could, and the next save writes it again.
    await saveFile(witnessPath(this.path), witness).catch(() => {});
    // What stays behind is ciphertext, and the next save tries again: no reason to call this one failed.
    await removeLeftovers(this.path).catch(() => {});
  }

  /** Takes every earlier generation away. A copy that cannot be removed now goes with later saves. */
  async forget(): Promise<void> {
    await removeGenerations(this.path).catch(() => {});
  }

  async #keep(generation: number): Promise<void> {
    if (this.#saved === null) return;
    const found = await readFile(this.path);
    if (!found.equals(this.#saved)) {
      throw new FixConfiguration(
        'vault.changed',
        'Cannot save the vault: its file was changed by somebody else since it was opened, wanted one writer. Open it again',
      );
    }
    await saveFile(generationPath(this.path, generation), found);
  }
}
