import type { BrokerEnvironment } from '#domain/environment.ts';
import type { Secret } from '#domain/secret.ts';
import type { VaultKey } from './vault-key.ts';

/** What a sealed value belongs to. All of it is bound into the ciphertext. */
export interface SecretLabel {
  /** Broker's name, such as `kis`. */
  readonly broker: string;
  readonly environment: BrokerEnvironment;
  /** What it is: `app-key`, `app-secret`, `account`, `token` … */
  readonly type: string;
}

/** Where one version of a secret stands in its rotation. */
export type VersionLabel = 'PENDING' | 'CURRENT' | 'PREVIOUS';

/** What may be told about one version of a secret without opening it. */
export interface SecretMeta extends SecretLabel {
  /** `kis.paper.app-key`: lower-case parts between dots; where the second part is an environment it agrees with `environment`. */
  readonly name: string;
  /** Generation of the vault in which this value was put; never used twice. */
  readonly version: number;
  /** ISO 8601 instant of the machine's clock, for reminders to rotate. */
  readonly savedAt: string;
  /** No name has two versions under one label. Kept by the file's MAC and not by the ciphertext, so that it can move. */
  readonly label: VersionLabel;
  /** ISO 8601 instant at which this version got its label. */
  readonly labelledAt: string;
}

/** What may be told about one way to open the vault. */
export interface SlotMeta {
  readonly kind: 'passphrase' | 'recovery' | 'credential';
  /** Public age recipient of a recovery sheet, `age1…`; null for the other kinds. */
  readonly recipient: string | null;
}

/** Adds one slot, replaces all slots of its kind by it, or removes all slots of a kind. */
export type SlotChange =
  | { readonly kind: 'add' | 'replace'; readonly key: VaultKey; readonly recipient?: string }
  | { readonly kind: 'remove'; readonly slot: SlotMeta['kind'] };

/** One step of a rotation, for `changeTogether()`. `discard` drops a PENDING version, and nothing when there is none. */
export type VersionChange =
  | { readonly kind: 'put'; readonly name: string; readonly value: Secret; readonly binding: SecretLabel }
  | { readonly kind: 'promote'; readonly name: string }
  | { readonly kind: 'retire'; readonly name: string; readonly graceMs?: number | undefined }
  | { readonly kind: 'discard'; readonly name: string };

/**
 * Sealed values in one file. Only the root key and ciphertext stay in memory; a value is opened when it is asked for.
 * Printing a vault in any way shows its id and generation, never a secret.
 */
export interface Vault {
  /** Made at random when the vault is created; 32 hex digits. */
  readonly id: string;
  /** 1 when created, one more with every save. */
  readonly generation: number;
  /** The CURRENT version of each secret, sorted by name. @throws {FixConfiguration} vault.sealed */
  names(): readonly SecretMeta[];
  /** Every version, sorted by name and then PENDING, CURRENT, PREVIOUS. @throws {FixConfiguration} vault.sealed */
  versions(): readonly SecretMeta[];
  /** In the order of the file. @throws {FixConfiguration} vault.sealed */
  slots(): readonly SlotMeta[];
  /** @param label CURRENT unless told. @throws {FixConfiguration} vault.no-secret · vault.sealed */
  get(name: string, label?: VersionLabel): Secret;
  /**
   * `get` for one use: the broker and the environment it is wanted for must be those it was put for (INV-14).
   *
   * @throws {FixConfiguration} vault.wrong-environment · vault.no-secret · vault.sealed
   */
  getFor(name: string, wanted: Pick<SecretLabel, 'broker' | 'environment'>, label?: VersionLabel): Secret;
  /**
   * Adds or replaces the CURRENT value, without a rotation: PENDING and PREVIOUS stay as they are. When the promise is fulfilled it is on disk, and only then `get` answers with it.
   *
   * @throws {FixConfiguration} vault.name · vault.full · vault.changed · vault.save · vault.sealed
   * @throws {RetryLater} vault.busy
   */
  put(name: string, value: Secret, label: SecretLabel): Promise<void>;
  /**
   * First step of a rotation: keeps a new value as PENDING beside the CURRENT one, for the same broker, environment and
   * type. Readers go on with CURRENT. A PENDING value from before is replaced.
   *
   * @throws {FixConfiguration} vault.no-secret · vault.full · vault.changed · vault.save · vault.sealed
   */
  putPending(name: string, value: Secret): Promise<void>;
  /**
   * Several steps in their order and in one save, so that values that belong together (an app key and its secret) never
   * lie in the file half changed: after a power loss all of it happened or nothing. `put` makes a PENDING version.
   *
   * @throws {FixConfiguration} vault.name · vault.full · vault.no-pending · vault.no-previous · vault.in-grace ·
   *   vault.changed · vault.save · vault.sealed, and then nothing changed
   */
  changeTogether(changes: readonly VersionChange[]): Promise<void>;
  /**
   * Second step, one save: PENDING becomes CURRENT and CURRENT becomes PREVIOUS; an older PREVIOUS is dropped.
   *
   * @throws {FixConfiguration} vault.no-pending · vault.changed · vault.save · vault.sealed
   */
  promote(name: string): Promise<void>;
  /**
   * Last step: drops the PREVIOUS version.
   *
   * @param graceMs how long PREVIOUS must have been kept, in milliseconds of the machine's clock; 10 minutes unless told
   * @throws {FixConfiguration} vault.no-previous · vault.in-grace · vault.changed · vault.save · vault.sealed
   */
  retire(name: string, graceMs?: number): Promise<void>;
  /**
   * Adds a way to open the vault, or replaces the passphrase: 32 bytes are wrapped anew and no secret is touched. When
   * ways to open are taken away, the generations kept beside the file go too, because they still open the old way.
   *
   * @throws {FixConfiguration} vault.last-slot · vault.changed · vault.save · vault.sealed
   */
  changeSlots(change: SlotChange): Promise<void>;
  /**
   * Removes every version of a value from the file. The generations kept beside it still hold its ciphertext until five more saves.
   *
   * @throws {FixConfiguration} vault.no-secret · vault.changed · vault.save · vault.sealed
   * @throws {RetryLater} vault.busy
   */
  delete(name: string): Promise<void>;
  /** Zeroes the key. Everything but `id` and `generation` throws vault.sealed from now on. */
  seal(): void;
}
