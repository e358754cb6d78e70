import { z } from 'zod';
import type { Credentials } from '#brokers/broker.ts';
import type { BrokerEnvironment } from '#domain/environment.ts';
import { SnowballError } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import type { Vault } from '#vault/vault.ts';

const savedToken = z.strictObject({ token: z.string(), expiresAt: z.iso.datetime({ offset: true }) });

export interface SealedCredentials extends Credentials {
  /** When the token held now ends; null without one. */
  tokenExpiresAt(): Temporal.Instant | null;
}

/**
 * The broker's view of the vault: one function a value, each checked for broker and environment when it is opened.
 * The token is kept in the vault too, under the same labels, so that a restart need not ask for another.
 */
export function sealedCredentials(
  vault: Vault,
  broker: string,
  environment: BrokerEnvironment,
  onFault: (error: unknown) => void,
): SealedCredentials {
  const name = (type: string): string => `${broker}.${environment}.${type}`;
  const read = (type: string): Secret => vault.getFor(name(type), { broker, environment });
  let expiresAt: Temporal.Instant | null = null;
  return {
    appKey: () => read('app-key'),
    appSecret: () => read('app-secret'),
    account: () => read('account'),
    htsId: () => read('hts-id'),
    tokenExpiresAt: () => expiresAt,
    loadToken() {
      const saved = readToken(() => read('token'));
      expiresAt = saved?.expiresAt ?? null;
      return saved;
    },
    saveToken(token, ends) {
      expiresAt = token.reveal() === '' ? null : ends;
      const value = new Secret(JSON.stringify({ token: token.reveal(), expiresAt: ends.toString() }));
      // A token that could not be kept costs one more issue after a restart, and nothing else.
      vault.put(name('token'), value, { broker, environment, type: 'token' }).catch(onFault);
    },
  };
}

function readToken(read: () => Secret): { readonly token: Secret; readonly expiresAt: Temporal.Instant } | null {
  try {
    const { token, expiresAt } = savedToken.parse(JSON.parse(read().reveal()));
    return token === '' ? null : { token: new Secret(token), expiresAt: Temporal.Instant.from(expiresAt) };
  } catch (error) {
    // None was kept yet; anything else about the vault is worth an error.
    if (error instanceof SnowballError && error.code === 'vault.no-secret') return null;
    throw error;
  }
}
