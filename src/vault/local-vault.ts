import { timingSafeEqual } from 'node:crypto';
import { FixConfiguration, RetryLater } from '#domain/errors.ts';
import { invariant } from '#domain/invariant.ts';
import { Secret } from '#domain/secret.ts';
import { mac, subkey } from './cipher.ts';
import { damaged, type ReadVaultFile } from './read-vault-file.ts';
import { changedSlots } from './change-slots.ts';
import { checkSecret } from './secret-name.ts';
import { openSecret, sealText } from './secret-record.ts';
import type { SecretLabel, SecretMeta, SlotChange, SlotMeta, Vault, VersionChange, VersionLabel } from './vault.ts';
import { VaultDisk } from './vault-disk.ts';
import { assembleFile, encodeBody, type SecretRecord, type VaultFile } from './vault-file.ts';
import { byNameAndLabel, relabelledBy, withVersion } from './version-label.ts';
import { badWitness, witnessBody, type Witness } from './witness.ts';

/** Saves that may wait for their turn; a gateway has one or two at a time. */
const waitingMax = 64;

interface NewVersion {
  readonly name: string;
  readonly value: Secret;
  readonly binding: SecretLabel;
  readonly as: VersionLabel;
}

/** The vault in a file on this machine. Made by `createVault()` and `openVault()`. */
export class LocalVault implements Vault {
  readonly #disk: VaultDisk;
  readonly #rootKey: Buffer;
  #file: VaultFile;
  #isSealed = false;
  #waiting = 0;
  #lastSave: Promise<void> = Promise.resolve();

  /**
   * @param rootKey taken over, and zeroed when sealed
   * @param saved the bytes that stand at `path`; null before the first save
   */
  constructor(path: string, rootKey: Buffer, file: VaultFile, saved: Buffer | null) {
    this.#disk = new VaultDisk(path, saved);
    this.#rootKey = rootKey;
    this.#file = file;
  }

  get id(): string {
    return this.#file.id;
  }

  get generation(): number {
    return this.#file.generation;
  }

  names(): readonly SecretMeta[] {
    return this.versions().filter(({ label }) => label === 'CURRENT');
  }

  versions(): readonly SecretMeta[] {
    this.#checkOpen();
    return this.#file.secrets.map((record) => record.meta);
  }

  slots(): readonly SlotMeta[] {
    this.#checkOpen();
    return this.#file.slots.map((slot) => ({
      kind: slot.kind,
      recipient: slot.kind === 'recovery' ? slot.recipient : null,
    }));
  }

  get(name: string, label: VersionLabel = 'CURRENT'): Secret {
    const record = this.#record(name, label);
    const wrappingKey = this.#subkey('data keys');
    const plain = openSecret(wrappingKey, this.id, record);
    wrappingKey.fill(0);
    if (plain === null) throw damaged(`the secret "${name}" does not open, wanted the value that was put`);
    const secret = new Secret(plain.toString('utf8'));
    plain.fill(0);
    return secret;
  }

  getFor(name: string, wanted: Pick<SecretLabel, 'broker' | 'environment'>, label?: VersionLabel): Secret {
    const { meta } = this.#record(name, label ?? 'CURRENT');
    if (meta.broker === wanted.broker && meta.environment === wanted.environment) return this.get(name, label);
    throw new FixConfiguration(
      'vault.wrong-environment',
      `Cannot use the secret "${name}": it was put for ${meta.broker} ${meta.environment}, wanted ${wanted.broker} ${wanted.environment}`,
    );
  }

  async put(name: string, value: Secret, label: SecretLabel): Promise<void> {
    await this.#inTurn(() =>
      this.#withSecrets(this.#put(this.#file.secrets, { name, value, binding: label, as: 'CURRENT' })),
    );
  }

  async putPending(name: string, value: Secret): Promise<void> {
    await this.#inTurn(() => {
      const binding = this.#record(name, 'CURRENT').meta;
      return this.#withSecrets(this.#put(this.#file.secrets, { name, value, binding, as: 'PENDING' }));
    });
  }

  async changeTogether(changes: readonly VersionChange[]): Promise<void> {
    await this.#inTurn(() => {
      let { secrets } = this.#file;
      for (const change of changes) secrets = this.#changed(secrets, change);
      return this.#withSecrets(secrets);
    });
  }

  async promote(name: string): Promise<void> {
    await this.changeTogether([{ kind: 'promote', name }]);
  }

  async retire(name: string, graceMs?: number): Promise<void> {
    await this.changeTogether([{ kind: 'retire', name, graceMs }]);
  }

  async changeSlots(change: SlotChange): Promise<void> {
    await this.#inTurn(async () => {
      const slots = await changedSlots(this.#file, this.#rootKey, change);
      return { ...this.#file, generation: this.generation + 1, slots };
    });
    // What was taken away must not live on in a copy.
    if (change.kind !== 'add') await this.#disk.forget();
  }

  async delete(name: string): Promise<void> {
    await this.#inTurn(() => {
      this.#record(name);
      return this.#withSecrets(this.#file.secrets.filter((record) => record.meta.name !== name));
    });
  }

  seal(): void {
    this.#isSealed = true;
    this.#rootKey.fill(0);
    this.#file = { ...this.#file, slots: [], secrets: [] };
  }

  /** Proves that the whole file was written by a holder of the root key. @throws {FixConfiguration} vault.damaged */
  authenticate({ body, mac: found }: ReadVaultFile): void {
    if (isSame(this.#mac(body), found)) return;
    throw damaged('its content is not what this vault wrote, wanted a file with a true seal');
  }

  /** @throws {FixConfiguration} vault.witness · vault.rolled-back when the witness beside the file saw a later generation */
  checkWitness(witness: Witness): void {
    if (witness.id !== this.id || !isSame(this.#witnessMac(witness.generation), Buffer.from(witness.mac, 'hex'))) {
      throw badWitness(this.#disk.path);
    }
    this.checkGeneration(witness.generation);
  }

  /** @throws {FixConfiguration} vault.rolled-back */
  checkGeneration(least: number): void {
    if (this.generation >= least) return;
    throw new FixConfiguration(
      'vault.rolled-back',
      `Cannot open the vault: its generation is ${this.generation}, at least ${least} is recorded. An older copy was put in its place. Put the newest back, or make this one the newest with "snowball vault restore"`,
    );
  }

  /** Writes the file again under a later generation than any that was seen. Used by a restore only. */
  async saveAs(generation: number): Promise<void> {
    await this.#inTurn(() => ({ ...this.#file, generation: Math.max(generation, this.generation + 1) }));
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
  async #inTurn(change: () => VaultFile | Promise<VaultFile>): Promise<void> {
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

  async #saveAfter(earlier: Promise<void>, change: () => VaultFile | Promise<VaultFile>): Promise<void> {
    await earlier;
    this.#checkOpen();
    const file = await change();
    this.#checkOpen();
    await this.#save(file);
  }

  /** Memory follows the disk: a save that failed changes nothing here. */
  async #save(file: VaultFile): Promise<void> {
    const body = encodeBody(file);
    const bytes = assembleFile(body, this.#mac(body));
    const witnessMac = `${this.#witnessMac(file.generation).toString('hex')}\n`;
    const witness = Buffer.concat([witnessBody(file.id, file.generation), Buffer.from(witnessMac)]);
    await this.#disk.save(bytes, this.generation);
    if (!this.#isSealed) this.#file = file;
    await this.#disk.follow(witness);
  }

  #changed(secrets: readonly SecretRecord[], change: VersionChange): readonly SecretRecord[] {
    return change.kind === 'put'
      ? this.#put(secrets, { ...change, as: 'PENDING' })
      : relabelledBy(secrets, change, now());
  }

  #put(secrets: readonly SecretRecord[], { name, value, binding, as }: NewVersion): readonly SecretRecord[] {
    const { broker, environment, type } = binding;
    const savedAt = now();
    const version = this.generation + 1;
    const meta = { name, broker, environment, type, version, savedAt, label: as, labelledAt: savedAt };
    const isNew = !secrets.some((record) => byNameAndLabel(record, { meta }) === 0);
    checkSecret(meta, Buffer.byteLength(value.reveal()), secrets.length + (isNew ? 1 : 0));
    const wrappingKey = this.#subkey('data keys');
    const record = sealText(wrappingKey, this.id, meta, value);
    wrappingKey.fill(0);
    return withVersion(secrets, record);
  }

  #withSecrets(secrets: readonly SecretRecord[]): VaultFile {
    return { ...this.#file, generation: this.generation + 1, secrets };
  }

  #record(name: string, label: VersionLabel = 'CURRENT'): SecretRecord {
    this.#checkOpen();
    const record = this.#file.secrets.find(({ meta }) => meta.name === name && meta.label === label);
    if (record !== undefined) return record;
    throw new FixConfiguration(
      'vault.no-secret',
      `Cannot open the secret "${name}": the vault holds no ${label} one of that name`,
    );
  }

  #witnessMac(generation: number): Buffer {
    const key = this.#subkey('witness');
    const result = mac(key, witnessBody(this.id, generation));
    key.fill(0);
    return result;
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

function now(): string {
  return Temporal.Now.instant().toString({ smallestUnit: 'second' });
}

function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
