import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { KeptToken } from '#brokers/broker.ts';
import type { BrokerEnvironment } from '#domain/environment.ts';
import { RetryLater, SnowballError } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { lockFile } from '#journal/file-lock.ts';

export interface TokenShelfOptions {
  /** Made when missing, 0700. Processes that share it share the tokens. */
  readonly folder: string;
  readonly broker: string;
  readonly environment: BrokerEnvironment;
  readonly appKey: () => Secret;
  readonly appSecret: () => Secret;
  /** Longest wait for another process that is asking, in milliseconds; 20,000 if not said. */
  readonly lockWaitMs?: number;
}

const instant = z.iso.datetime({ offset: true });
const shelfFile = z.strictObject({ askedAt: instant.nullable(), sealed: z.base64().nullable() });
const sealedToken = z.strictObject({ token: z.string(), expiresAt: instant, issuedAt: instant.nullable() });

const nonceBytes = 12;
const tagBytes = 16;
const lockLookMs = 40;

/**
 * The token of one app key, for every process that holds the key: one file named by a hash of the key, one lock beside
 * it. A vault cannot serve here, because each process reads it once, when it opens it.
 *
 * The token is sealed with AES-256-GCM under a key drawn from the app secret and bound to broker, environment and app
 * key: it opens only for somebody who could ask the broker for one anyway. When it was asked for stands beside it in
 * the clear, so that the minute between two issues is kept even by a process whose predecessor died while it asked.
 */
export class TokenShelf {
  readonly #options: TokenShelfOptions;

  constructor(options: TokenShelfOptions) {
    this.#options = options;
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  }

  /** The kept token, or null when there is none, or none that this key opens. */
  token(): KeptToken | null {
    const sealed = this.#read()?.sealed ?? null;
    if (sealed === null) return null;
    const plain = this.#open(Buffer.from(sealed, 'base64'));
    if (plain === null) return null;
    const { token, expiresAt, issuedAt } = plain;
    return {
      token: new Secret(token),
      expiresAt: Temporal.Instant.from(expiresAt),
      ...(issuedAt === null ? {} : { issuedAt: Temporal.Instant.from(issuedAt) }),
    };
  }

  /** When a token was asked for last, in any process; null when never. */
  askedAt(): Temporal.Instant | null {
    const askedAt = this.#read()?.askedAt ?? null;
    return askedAt === null ? null : Temporal.Instant.from(askedAt);
  }

  /** Durable when fulfilled. An empty token leaves only the time. */
  async keep(token: Secret, expiresAt: Temporal.Instant, askedAt: Temporal.Instant | null): Promise<void> {
    const text = token.reveal();
    const plain = { token: text, expiresAt: expiresAt.toString(), issuedAt: askedAt?.toString() ?? null };
    const sealed = text === '' ? null : this.#seal(JSON.stringify(plain)).toString('base64');
    const content = JSON.stringify({ askedAt: askedAt?.toString() ?? null, sealed });
    const file = this.#file('json');
    const fresh = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
    const handle = await open(fresh, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(fresh, file);
  }

  /**
   * Runs `work` while no other process does. The lock is the kernel's and falls with its holder.
   *
   * @throws {RetryLater} `gateway.token-busy` when another process kept it all the time
   */
  async alone<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const lock = await this.#lock();
    try {
      return await work();
    } finally {
      lock.release();
    }
  }

  async #lock(): Promise<{ release(): void }> {
    const { lockWaitMs = 20_000 } = this.#options;
    const deadlineMs = performance.now() + lockWaitMs;
    for (;;) {
      try {
        return lockFile(this.#file('lock'));
      } catch (error) {
        if (!(error instanceof SnowballError) || error.code !== 'journal.locked') throw error;
        if (performance.now() >= deadlineMs) {
          throw new RetryLater(
            'gateway.token-busy',
            `Cannot ask for a token: another process has been asking for ${lockWaitMs / 1_000} s, wanted its answer`,
            { cause: error },
          );
        }
      }
      await pause(lockLookMs);
    }
  }

  #read(): z.infer<typeof shelfFile> | null {
    try {
      return shelfFile.parse(JSON.parse(readFileSync(this.#file('json'), 'utf8')));
    } catch {
      // None yet, or not ours: one more issue sets it right, and the broker's own minute still holds.
      return null;
    }
  }

  #file(extension: string): string {
    return join(this.#options.folder, `${keyName(this.#options.broker, this.#options.appKey())}.${extension}`);
  }

  #binding(): { readonly key: Buffer; readonly bound: Buffer } {
    const { broker, environment, appKey, appSecret } = this.#options;
    const name = keyName(broker, appKey());
    const key = Buffer.from(hkdfSync('sha256', appSecret().reveal(), name, 'snowball token shelf 1', 32));
    return { key, bound: Buffer.from(`${broker}\n${environment}\n${name}`) };
  }

  #seal(plain: string): Buffer {
    const { key, bound } = this.#binding();
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound);
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    key.fill(0);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  #open(bytes: Buffer): z.infer<typeof sealedToken> | null {
    const { key, bound } = this.#binding();
    try {
      const nonce = bytes.subarray(0, nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(bound);
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const plain = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
      return sealedToken.parse(JSON.parse(plain.toString('utf8')));
    } catch {
      // Another environment's, an older secret's, or damaged: none that we could use.
      return null;
    } finally {
      key.fill(0);
    }
  }
}

/** A name for files about one key, from which the key cannot be had. */
export function keyName(broker: string, appKey: Secret): string {
  return `${broker}-${createHash('sha256').update(`${broker}\n${appKey.reveal()}`).digest('hex').slice(0, 32)}`;
}
