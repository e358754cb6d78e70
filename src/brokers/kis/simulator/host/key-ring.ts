import type { BrokerEnvironment } from '#domain/environment.ts';
import { makeCredentials, type SimulatorCredentials } from './credentials.ts';

/** An app key with its secret, as the broker's page would show it once. */
export interface IssuedKey {
  readonly appKey: string;
  readonly appSecret: string;
}

/** What becomes of the older keys when a new one is issued: they live on until ended, or die at once. */
export type IssueShape = 'overlap' | 'cut-over';

/** Keys at a time beside those of the start; the oldest ends when another is issued. */
const issuedMax = 10;

/**
 * The app keys of both environments: those of the start, and those that their owner had issued since. In memory: a
 * simulator that starts again knows those of the start alone.
 */
export class KeyRing {
  readonly #keys = new Map<string, { readonly environment: BrokerEnvironment; readonly appSecret: string }>();

  constructor(credentials: SimulatorCredentials) {
    for (const environment of ['paper', 'real'] as const) {
      const { appKey, appSecret } = credentials[environment];
      this.#keys.set(appKey, { environment, appSecret });
    }
  }

  /** A new key to the same account. */
  issue(environment: BrokerEnvironment, shape: IssueShape): IssuedKey {
    const { appKey, appSecret } = makeCredentials({}, null)[environment];
    const older = [...this.#keys].filter(([, key]) => key.environment === environment).map(([key]) => key);
    const ending = shape === 'cut-over' ? older : older.slice(0, Math.max(0, older.length - issuedMax));
    for (const key of ending) this.#keys.delete(key);
    this.#keys.set(appKey, { environment, appSecret });
    return { appKey, appSecret };
  }

  /** The key works no more, nor do its tokens; nothing happens when there is none. */
  end(appKey: string): void {
    this.#keys.delete(appKey);
  }

  environmentOf(appKey: string): BrokerEnvironment | null {
    return this.#keys.get(appKey)?.environment ?? null;
  }

  /** Null when the key is none, or no more. */
  secretOf(appKey: string): string | null {
    return this.#keys.get(appKey)?.appSecret ?? null;
  }
}
