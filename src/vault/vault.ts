import type { BrokerEnvironment } from '#domain/environment.ts';
import type { Secret } from '#domain/secret.ts';

/** What a sealed value belongs to. All of it is bound into the ciphertext. */
export interface SecretLabel {
  /** Broker's name, such as `kis`. */
  readonly broker: string;
  readonly environment: BrokerEnvironment;
  /** What it is: `app-key`, `app-secret`, `account`, `token` … */
  readonly type: string;
}

/** What may be told about a secret without opening it. */
export interface SecretMeta extends SecretLabel {
  /** `kis.paper.app-key`: lower-case parts between dots; where the second part is an environment it agrees with `environment`. */
  readonly name: string;
  /** Generation of the vault in which this value was put; never used twice. */
  readonly version: number;
  /** ISO 8601 instant of the machine's clock, for reminders to rotate. */
  readonly savedAt: string;
}

/**
 * Sealed values in one file. Only the root key and ciphertext stay in memory; a value is opened when it is asked for.
 * Printing a vault in any way shows its id and generation, never a secret.
 */
export interface Vault {
  /** Made at random when the vault is created; 32 hex digits. */
  readonly id: string;
  /** 1 when created, one more with every save. */
  readonly generation: number;
  /** Sorted by name. @throws {FixConfiguration} vault.sealed */
  names(): readonly SecretMeta[];
  /** @throws {FixConfiguration} vault.no-secret · vault.sealed */
  get(name: string): Secret;
  /**
   * `get` for one use: the broker and the environment it is wanted for must be those it was put for (INV-14).
   *
   * @throws {FixConfiguration} vault.wrong-environment · vault.no-secret · vault.sealed
   */
  getFor(name: string, wanted: Pick<SecretLabel, 'broker' | 'environment'>): Secret;
  /**
   * Adds or replaces a value; when the promise is fulfilled it is on disk, and only then `get` answers with it.
   *
   * @throws {FixConfiguration} vault.name · vault.full · vault.changed · vault.save · vault.sealed
   * @throws {RetryLater} vault.busy
   */
  put(name: string, value: Secret, label: SecretLabel): Promise<void>;
  /**
   * Removes a value from the file. The generations kept beside it still hold its ciphertext until five more saves.
   *
   * @throws {FixConfiguration} vault.no-secret · vault.changed · vault.save · vault.sealed
   * @throws {RetryLater} vault.busy
   */
  delete(name: string): Promise<void>;
  /** Zeroes the key. Everything but `id` and `generation` throws vault.sealed from now on. */
  seal(): void;
}
