import { timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { FixConfiguration, RetryLater } from '#domain/errors.ts';
import { invariant } from '#domain/invariant.ts';
import { Secret } from '#domain/secret.ts';
import { mac, subkey } from './cipher.ts';
import { damaged, type ReadVaultFile } from './read-vault-file.ts';
import { generationPath, removeLeftovers, saveFile } from './save-file.ts';
import { checkSecret } from './secret-name.ts';
import { openSecret, sealSecret } from './secret-record.ts';
import type { SecretLabel, SecretMeta, Vault } from './vault.ts';
import { assembleFile, encodeBody, type SecretRecord, type VaultFile } from './vault-file.ts';

/** Saves that may wait for their turn; a gateway has one or two at a time. */
const waitingMax = 64;

/** The vault in a file on this machine. Made by `createVault()` and `openVault()`. */
export class LocalVault implements Vault {
  readonly #path: string;
  readonly #rootKey: Buffer;
  #file: VaultFile;
  /** The bytes on disk as we know them, to notice another writer; null before the first save. */
  #saved: Buffer | null;
  #isSealed = false;
  #waiting = 0;
  #lastSave: Promise<void> = Promise.resolve();

  /** Takes over `rootKey` and zeroes it when sealed. */
  constructor(path: string, rootKey: Buffer, file: VaultFile, saved: Buffer | null) {
    this.#path = path;
    this.#rootKey = rootKey;
    this.#file = file;
    this.#saved = saved;
  }

  get id(): string {
    return this.#file.id;
  }

  get generation(): number {
    return this.#file.generation;
  }

  names(): readonly SecretMeta[] {
    this.#checkOpen();
    return this.#file.secrets.map((record) => record.meta);
  }

  get(name: string): Secret {
    const record = this.#record(name);
    const wrappingKey = this.#subkey('data keys');
    const plain = openSecret(wrappingKey, this.id, record);
    wrappingKey.fill(0);
    if (plain === null) throw damaged(`the secret "${name}" does not open, wanted the value that was put`);
    const secret = new Secret(plain.toString('utf8'));
    plain.fill(0);
    return secret;
  }

  getFor(name: string, wanted: Pick<SecretLabel, 'broker' | 'environment'>): Secret {
    const { meta } = this.#record(name);
    if (meta.broker === wanted.broker && meta.environment === wanted.environment) return this.get(name);
    throw new FixConfiguration(
      'vault.wrong-environment',
      `Cannot use the secret "${name}": it was put for ${meta.broker} ${meta.environment}, wanted ${wanted.broker} ${wanted.environment}`,
    );
  }

  async put(name: string, value: Secret, label: SecretLabel): Promise<void> {
    await this.#inTurn(() => {
      const { broker, environment, type } = label;
      const generation = this.generation + 1;
      const savedAt = Temporal.Now.instant().toString({ smallestUnit: 'second' });
      const meta = { name, broker, environment, type, version: generation, savedAt };
      const others = this.#file.secrets.filter((record) => record.meta.name !== name);
      const plain = Buffer.from(value.reveal());
      checkSecret(meta, plain.length, others.length + 1);
      const wrappingKey = this.#subkey('data keys');
      const record = sealSecret(wrappingKey, this.id, meta, plain);
      wrappingKey.fill(0);
      plain.fill(0);
      return { ...this.#file, generation, secrets: [...others, record].sort(byName) };
    });
  }

  async delete(name: string): Promise<void> {
    await this.#inTurn(() => {
      this.#record(name);
      const secrets = this.#file.secrets.filter((record) => record.meta.name !== name);
      return { ...this.#file, generation: this.generation + 1, secrets };
    });
  }

  seal(): void {
    this.#isSealed = true;
    this.#rootKey.fill(0);
    this.#file = { ...this.#file, slots: [], secrets: [] };
  }

  /** Proves that the whole file was written by a holder of the root key. @throws {FixConfiguration} vault.damaged */
  authenticate({ body, mac: found }: ReadVaultFile): void {
    const wanted = this.#mac(body);
    if (found.length === wanted.length && timingSafeEqual(found, wanted)) return;
    throw damaged('its content is not what this vault wrote, wanted a file with a true seal');
  }

  /** Writes the first generation. Used by `createVault()` only. */
  async saveFirst(): Promise<void> {
    await this.#inTurn(() => this.#file);
  }

  toJSON(): { readonly id: string; readonly generation: number } {
    return { id: this.id, generation: this.generation };
  }

  toString(): string {
    return `[vault ${this.id}]`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `[vault ${this.id} generation ${this.generation}${this.#isSealed ? ' sealed' : ''}]`;
  }

  /** One save after the other, so that none is built on a file that is about to be replaced. */
  async #inTurn(change: () => VaultFile): Promise<void> {
    this.#checkOpen();
    if (this.#waiting >= waitingMax) {
      throw new RetryLater('vault.busy', `Cannot save the vault: ${this.#waiting} saves wait, at most ${waitingMax}`);
    }
    this.#waiting += 1;
    const turn = this.#saveAfter(this.#lastSave, change);
    // The next in line goes ahead whatever became of this one; its own caller hears of the failure.
    this.#lastSave = turn.catch(() => {});
    try {
      await turn;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #saveAfter(earlier: Promise<void>, change: () => VaultFile): Promise<void> {
    await earlier;
    this.#checkOpen();
    await this.#save(change());
  }

  /** Memory follows the disk: a save that failed changes nothing here. */
  async #save(file: VaultFile): Promise<void> {
    const body = encodeBody(file);
    const bytes = assembleFile(body, this.#mac(body));
    try {
      await this.#keepGeneration();
      await saveFile(this.#path, bytes);
    } catch (error) {
      if (error instanceof FixConfiguration) throw error;
      throw new FixConfiguration('vault.save', `Cannot save the vault: the disk refused it, wanted a durable write`, {
        cause: error,
      });
    }
    this.#saved = bytes;
    if (!this.#isSealed) this.#file = file;
    // What stays behind is ciphertext, and the next save tries again: no reason to call this one failed.
    await removeLeftovers(this.#path).catch(() => {});
  }

  async #keepGeneration(): Promise<void> {
    if (this.#saved === null) return;
    const found = await readFile(this.#path);
    if (!found.equals(this.#saved)) {
      throw new FixConfiguration(
        'vault.changed',
        'Cannot save the vault: its file was changed by somebody else since it was opened, wanted one writer. Open it again',
      );
    }
    await saveFile(generationPath(this.#path, this.generation), found);
  }

  #record(name: string): SecretRecord {
    this.#checkOpen();
    const record = this.#file.secrets.find((candidate) => candidate.meta.name === name);
    if (record !== undefined) return record;
    throw new FixConfiguration(
      'vault.no-secret',
      `Cannot open the secret "${name}": the vault holds none of that name`,
    );
  }

  #mac(body: Buffer): Buffer {
    const key = this.#subkey('file mac');
    const result = mac(key, body);
    key.fill(0);
    return result;
  }

  #subkey(purpose: string): Buffer {
    invariant(!this.#isSealed, 'a sealed vault has no key');
    return subkey(this.#rootKey, purpose, this.id);
  }

  #checkOpen(): void {
    if (!this.#isSealed) return;
    throw new FixConfiguration('vault.sealed', 'Cannot use the vault: it is sealed, wanted open. Unlock it first');
  }
}

function byName(a: { readonly meta: SecretMeta }, b: { readonly meta: SecretMeta }): number {
  return a.meta.name < b.meta.name ? -1 : 1;
}
