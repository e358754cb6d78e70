import type { Credentials } from '#brokers/broker.ts';
import type { BrokerEnvironment } from '#domain/environment.ts';
import { SnowballError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { Vault } from '#vault/vault.ts';
import { readKey, type KeySet } from './key-set.ts';
import { TokenShelf } from './token-shelf.ts';

export interface SealedCredentialsOptions {
  readonly vault: Vault;
  readonly broker: string;
  readonly environment: BrokerEnvironment;
  /** Where tokens are kept for every process with this key. */
  readonly tokenFolder: string;
  readonly onFault: (error: unknown) => void;
  /** The one key set that is opened here, whatever becomes of its labels; whatever is CURRENT when not said. */
  readonly keys?: KeySet;
  /** The broker gave a token: the key is alive and was used. */
  readonly onToken?: () => void;
}

export interface SealedCredentials extends Credentials {
  /** When the token held now ends; null without one. */
  tokenExpiresAt(): Temporal.Instant | null;
  /** The day the person says the key was issued, from the secret `<broker>.<environment>.key-issued-on`; null when unsaid. */
  keyIssuedOn(): Temporal.PlainDate | null;
}

/**
 * The broker's view of the vault: one function a value, each checked for broker and environment when it is opened. The
 * token lies beside the vault, sealed under the app secret, where other processes with the same key find it too.
 */
export function sealedCredentials(options: SealedCredentialsOptions): SealedCredentials {
  const { vault, broker, environment, onFault } = options;
  const read = (type: string): Secret => readKey(vault, { broker, environment }, type, options.keys);
  const appKey = (): Secret => read('app-key');
  const appSecret = (): Secret => read('app-secret');
  const shelf = new TokenShelf({ folder: options.tokenFolder, broker, environment, appKey, appSecret });
  let expiresAt: Temporal.Instant | null = null;
  return {
    environment,
    appKey,
    appSecret,
    account: () => read('account'),
    htsId: () => read('hts-id'),
    tokenExpiresAt: () => expiresAt,
    tokenIssuedAt: () => shelf.askedAt(),
    alone: (work) => shelf.alone(work),
    loadToken() {
      const kept = shelf.token();
      expiresAt = kept?.expiresAt ?? null;
      return kept;
    },
    async saveToken(token, ends, issuedAt) {
      const isGiven = token.reveal() !== '';
      expiresAt = isGiven ? ends : null;
      // A token that could not be kept costs one more issue after a restart, and nothing else.
      await shelf.keep(token, ends, issuedAt ?? null).catch(onFault);
      if (isGiven) options.onToken?.();
    },
    keyIssuedOn: () => issuedOn(read),
  };
}

function issuedOn(read: (type: string) => Secret): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(read('key-issued-on').reveal());
  } catch (error) {
    // Nobody said, or not as a date: the reminder then counts from the first use, and says that it does.
    if (error instanceof RangeError || (error instanceof SnowballError && error.code === 'vault.no-secret'))
      return null;
    throw error;
  }
}
