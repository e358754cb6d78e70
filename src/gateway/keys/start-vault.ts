import { existsSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import { invariant } from '#domain/invariant.ts';
import type { Boot } from '#link/boot.ts';
import { hashToken, newToken } from '#link/token.ts';
import { vaultSocket } from '#link/vault-request.ts';
import { readCredentialFile } from '#vault/credential-file.ts';
import type { LocalVault } from '#vault/local-vault.ts';
import { openVaultWith } from '#vault/open-vault.ts';
import type { VaultKey } from '#vault/vault-key.ts';
import { trialVault } from './trial-vault.ts';
import { openVaultDoor, type VaultDoor, type VaultDoorOptions } from './vault-door.ts';
import type { SeenVault } from './vault-seen.ts';

export interface StartVaultOptions {
  readonly boot: Pick<Boot, 'environment' | 'testbed' | 'runFolder' | 'tokenHashes' | 'options'>;
  /** The gateway's own, where the vault lies. */
  readonly folder: string;
  readonly seen: SeenVault | null;
  /** Withdraws what is open and lets go of the broker; the vault is sealed afterwards. */
  readonly letGo: () => Promise<void>;
  readonly rotate: VaultDoorOptions['rotate'];
  /** The process ends: it is started again and waits for an unlock. */
  readonly recycle: () => void;
  /** The vault waits for its key. */
  readonly onLocked: () => void;
  /** The passphrase of the open vault was typed for this code of a resume. */
  readonly onProven: (code: string) => void;
}

export interface StartedVault {
  readonly vault: LocalVault;
  /** A key file opened it, and no person. */
  readonly isOpenedByCredential: boolean;
  readonly close: () => Promise<void>;
}

/**
 * The open vault of this start. Trial makes and opens its own. Paper opens the person's: with the system's key file when
 * the boot line names one, else as soon as a person hands the passphrase or the recovery key in at the vault's socket.
 * A vault that a person sealed waits for a person, whatever the key file says.
 *
 * @throws {FixConfiguration} `gateway.vault-missing`, what `openVaultWith()` and `trialVault()` throw
 */
export async function startVault(options: StartVaultOptions): Promise<StartedVault> {
  const { boot, folder, seen } = options;
  const file = join(folder, 'vault');
  const own = new StartingVault(options, file);
  if (boot.environment === 'trial') {
    invariant(boot.testbed !== null, 'trial mode has a testbed');
    own.take(await trialVault(boot.environment, folder, boot.testbed.console, seen));
  } else if (!existsSync(file)) {
    throw new FixConfiguration(
      'gateway.vault-missing',
      `Cannot start for ${boot.environment} trading: there is no vault in "${folder}", wanted yours; make it with "snowball vault create --environment ${boot.environment}" and fill it with "snowball vault put kis --environment ${boot.environment}"`,
    );
  }
  const door = await own.door();
  const credentialFile = boot.options['credentialFile'];
  if (own.state() === 'locked' && typeof credentialFile === 'string' && !existsSync(sealedMark(folder))) {
    await own.open({ kind: 'credential', key: await readCredentialFile(credentialFile) });
  }
  if (own.state() === 'locked') options.onLocked();
  const vault = await own.opened;
  return {
    vault,
    isOpenedByCredential: own.isOpenedByCredential,
    close: async () => {
      await door.close();
      vault.seal();
    },
  };
}

/** A person sealed the vault: no key file opens it until a person did. */
function sealedMark(folder: string): string {
  return join(folder, 'vault.sealed');
}

class StartingVault {
  readonly #options: StartVaultOptions;
  readonly #file: string;
  readonly #opened = Promise.withResolvers<LocalVault>();
  #vault: LocalVault | null = null;
  #isSealed = false;
  isOpenedByCredential = false;
  #door: VaultDoor | null = null;

  constructor(options: StartVaultOptions, file: string) {
    this.#options = options;
    this.#file = file;
  }

  get opened(): Promise<LocalVault> {
    return this.#opened.promise;
  }

  state(): 'locked' | 'open' | 'sealed' {
    if (this.#isSealed) return 'sealed';
    return this.#vault === null ? 'locked' : 'open';
  }

  take(vault: LocalVault): void {
    this.#vault = vault;
    this.#opened.resolve(vault);
  }

  async open(key: VaultKey): Promise<void> {
    const vault = await openVaultWith({ file: this.#file, key, seen: this.#options.seen });
    // Two keys handed in at once: the first one opened it.
    if (this.#vault !== null) return vault.seal();
    this.isOpenedByCredential = key.kind === 'credential';
    if (key.kind !== 'credential') rmSync(sealedMark(this.#options.folder), { force: true });
    this.take(vault);
  }

  /** Opened beside the one that is open, by the same derivation, and let go at once. */
  async check(passphrase: Secret): Promise<void> {
    const key = { kind: 'passphrase', passphrase } as const;
    (await openVaultWith({ file: this.#file, key, seen: this.#options.seen })).seal();
  }

  async door(): Promise<VaultDoor> {
    const { boot } = this.#options;
    this.#door = await openVaultDoor({
      socketPath: join(boot.runFolder, vaultSocket),
      // Without a command line that may call, nobody can.
      tokenHash: boot.tokenHashes.cli ?? hashToken(newToken()),
      adminTokenHash: boot.tokenHashes.admin ?? hashToken(newToken()),
      open: (key) => this.open(key),
      check: (passphrase) => this.check(passphrase),
      proven: this.#options.onProven,
      seal: () => this.#seal(),
      rotate: (request) => this.#options.rotate(request),
      state: () => this.state(),
    });
    return this.#door;
  }

  /** What is open is withdrawn while keys are still there (INV-15), then they go. The answer leaves before the process. */
  async #seal(): Promise<void> {
    const { folder, letGo, recycle } = this.#options;
    if (this.state() !== 'open') return;
    await writeFile(sealedMark(folder), '', { mode: 0o600, flush: true });
    await letGo();
    this.#isSealed = true;
    this.#vault?.seal();
    setImmediate(() => void this.#door?.close().then(recycle));
  }
}
