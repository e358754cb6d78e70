import { mkdirSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrokerCapabilities } from '#brokers/broker.ts';
import type { BrokerEnvironment, Environment } from '#domain/environment.ts';
import type { Secret } from '#domain/secret.ts';
import { keyLife, keyUse, type KeyLifeView, type KeyUse } from '#link/key-life.ts';
import { keyName } from './token-shelf.ts';

export interface KeyUseOptions {
  /** Made when missing, 0700; doctor reads the files in it. */
  readonly folder: string;
  readonly broker: string;
  readonly environment: BrokerEnvironment;
  readonly appKey: Secret;
  readonly issuedOn: () => Temporal.PlainDate | null;
  readonly life: NonNullable<BrokerCapabilities['keyLife']>;
  readonly onFault: (error: unknown) => void;
}

/** First and last use of one app key, on disk: a key that nobody uses for months is blocked, and ends with its term. */
export class KeyUseRecord {
  readonly #options: KeyUseOptions;
  readonly #file: string;
  #use: KeyUse | null;

  constructor(options: KeyUseOptions) {
    this.#options = options;
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    this.#file = join(options.folder, `${keyName(options.broker, options.appKey)}.json`);
    this.#use = readKeyUse(this.#file);
  }

  /** The key was used on this day of Seoul. Written once a day; a failure to write goes to `onFault`. */
  async note(today: Temporal.PlainDate): Promise<void> {
    const { broker, environment, issuedOn, life, onFault } = this.#options;
    const use: KeyUse = {
      broker,
      environment,
      issuedOn: issuedOn()?.toString() ?? null,
      firstUsedOn: this.#use?.firstUsedOn ?? today.toString(),
      lastUsedOn: today.toString(),
      ...life,
    };
    if (JSON.stringify(use) === JSON.stringify(this.#use)) return;
    this.#use = use;
    const fresh = `${this.#file}.new`;
    await writeFile(fresh, JSON.stringify(use), { mode: 0o600, flush: true })
      .then(() => rename(fresh, this.#file))
      .catch(onFault);
  }

  /** How long the key lives on; empty before its first use. */
  lives(today: Temporal.PlainDate): readonly KeyLifeView[] {
    return this.#use === null ? [] : keyLife(this.#use, today);
  }
}

/** Null for keys to fake money, which end with their testbed, and for brokers that say nothing of a key's life. */
export function keyUseRecord(
  environment: Environment,
  options: Omit<KeyUseOptions, 'life'>,
  life: BrokerCapabilities['keyLife'],
): KeyUseRecord | null {
  return environment === 'trial' || life === undefined ? null : new KeyUseRecord({ ...options, life });
}

function readKeyUse(file: string): KeyUse | null {
  try {
    return keyUse.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // None yet, or unreadable: the days count from now on, which reminds too late rather than never.
    return null;
  }
}
