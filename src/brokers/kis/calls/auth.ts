import type { Clock } from '#domain/clock.ts';
import { RetryLater } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import type { HttpClient } from '#wire/http-client.ts';

import type { Credentials, KeptToken } from '../../broker.ts';
import type { KisEndpoint } from '../endpoints/endpoint.ts';
import { signInEndpoints } from '../endpoints/sign-in.ts';
import type { EndpointPace } from './endpoint-pace.ts';
import { isToken, issuedToken, signInBody, signInFailed } from './sign-in-answer.ts';

export interface KisSignInOptions {
  readonly http: HttpClient;
  readonly rest: URL;
  readonly credentials: Credentials;
  readonly clock: Clock;
  /** KIS issues one token a minute; a second ask within it fails here, not there. */
  readonly tokenIssueEveryMs: number;
  /** From 0 up to but not including 1, for jitter; 0 if not said. */
  readonly random?: () => number;
  /** The machine's time, by which processes tell each other when a token was asked for. */
  readonly wallNow?: () => Temporal.Instant;
  /** Keeps approvals apart; no distance if not said. */
  readonly pace?: EndpointPace;
}

interface HeldToken extends KeptToken {
  /** When to ask for the next one: some minutes before the end. */
  readonly renewAt: Temporal.Instant;
}

const renewBeforeMs = 600_000;
/** Spread over five minutes, so that those who started together do not renew together. */
const renewJitterMs = 300_000;
const approvalWaitMsMax = 5_000;

/**
 * The token of one app key: loaded from where it is kept, renewed ten to fifteen minutes before it ends, asked for once
 * at a time however many wait and however many processes hold the key, and at most once a minute, restarts included.
 * Every issue sends the owner a message, so a needless one is a nuisance.
 */
export class KisSignIn {
  readonly #options: KisSignInOptions;
  #held: HeldToken | null = null;
  #isLoaded = false;
  #renewal: Promise<HeldToken> | null = null;
  /** On the stop watch: no token is asked for before. */
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  /** The issue that `#notBeforeMs` already reckons with, by the machine's time. */
  #reckonedIssue: Temporal.Instant | null = null;
  /** The last one that the broker refused. Another process may still keep it, and KIS may give it out again. */
  #refused: KeptToken | null = null;

  constructor(options: KisSignInOptions) {
    this.#options = options;
  }

  /**
   * @throws {RetryLater} `kis.token-throttled` · `kis.sign-in-failed`
   * @throws {FixConfiguration} `kis.credentials-refused`
   */
  async token(): Promise<Secret> {
    const held = this.#current();
    const now = this.#options.clock.now();
    if (held !== null && Temporal.Instant.compare(now, held.renewAt) < 0) return held.token;
    try {
      return (await this.#renew()).token;
    } catch (error) {
      // In its last minutes the old token still works: a failed renewal must not stop trading early.
      if (held !== null && Temporal.Instant.compare(now, held.expiresAt) < 0) return held.token;
      throw error;
    }
  }

  /**
   * Forgets `token` when the broker refused it. Nothing happens when it is no longer the one that is held: of many calls
   * that are refused together, one drops the token, and the others find its successor, equal text or not.
   */
  drop(token: Secret): void {
    const { credentials, clock } = this.#options;
    if (this.#held === null || this.#held.token !== token) return;
    this.#refused = this.#held;
    this.#held = null;
    // What several processes share is forgotten by the next issue alone, which looks whether another was quicker.
    if (credentials.alone === undefined) void this.#save(null, clock.now(), this.#refused.issuedAt);
  }

  /**
   * The key a websocket session registers with. A new one for every connection; older ones keep working. When KIS says
   * that it no longer knows the token of this key, one new token and one more try are all.
   *
   * @throws {RetryLater} `kis.sign-in-failed` · `kis.token-refused` · `kis.token-throttled`
   * @throws {FixConfiguration} `kis.credentials-refused`
   */
  async approvalKey(): Promise<Secret> {
    try {
      return await this.#askApproval();
    } catch (error) {
      if (!(error instanceof RetryLater) || error.code !== 'kis.token-refused') throw error;
      const held = this.#current();
      if (held !== null) this.drop(held.token);
      await this.token();
      return await this.#askApproval();
    }
  }

  /** Ends the token here and at the broker; nothing to do when there is none. @throws {RetryLater} `kis.sign-in-failed` */
  async revoke(): Promise<void> {
    const { credentials, clock } = this.#options;
    const held = this.#current();
    if (held === null) return;
    this.drop(held.token);
    await this.#alone(() => this.#save(null, clock.now(), credentials.tokenIssuedAt?.() ?? held.issuedAt));
    const body = await this.#post(signInEndpoints.revokeToken, {
      appkey: credentials.appKey().reveal(),
      appsecret: credentials.appSecret().reveal(),
      token: held.token.reveal(),
    });
    // The one answer of KIS with a number for a code.
    if (body['code'] !== 200) {
      throw signInFailed(signInEndpoints.revokeToken, 'the answer does not say that the token is gone');
    }
  }

  async #askApproval(): Promise<Secret> {
    const { credentials, pace } = this.#options;
    await pace?.turn('Approval', signInEndpoints.approveSocket, approvalWaitMsMax);
    const body = await this.#post(signInEndpoints.approveSocket, {
      grant_type: 'client_credentials',
      appkey: credentials.appKey().reveal(),
      secretkey: credentials.appSecret().reveal(),
    });
    const key = body['approval_key'];
    if (typeof key !== 'string' || key === '') {
      throw signInFailed(signInEndpoints.approveSocket, 'no approval key in the answer');
    }
    return new Secret(key);
  }

  #current(): HeldToken | null {
    if (!this.#isLoaded) {
      const kept = this.#options.credentials.loadToken();
      this.#isLoaded = true;
      if (kept !== null && isToken(kept.token.reveal())) this.#hold(kept);
    }
    return this.#held;
  }

  #renew(): Promise<HeldToken> {
    this.#renewal ??= this.#adoptOrIssue().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #adoptOrIssue(): Promise<HeldToken> {
    const adopted = this.#fromElsewhere();
    if (adopted !== null) return adopted;
    // By what is known here already: a stamp that is new may be of a process that is about to get a token for both.
    this.#refuseTooSoon();
    return this.#alone(async () => {
      const theirs = this.#fromElsewhere();
      if (theirs !== null) return theirs;
      this.#reckonWithOthers();
      this.#refuseTooSoon();
      return this.#issue();
    });
  }

  /** What another process was given, unless it is the very one that was refused here or about to end. */
  #fromElsewhere(): HeldToken | null {
    const kept = this.#options.credentials.loadToken();
    if (kept === null || !isToken(kept.token.reveal())) return null;
    if (this.#refused !== null && isSameIssue(kept, this.#refused)) return null;
    const renewAt = this.#renewAt(kept.expiresAt);
    return Temporal.Instant.compare(this.#options.clock.now(), renewAt) < 0 ? this.#hold(kept) : null;
  }

  #refuseTooSoon(): void {
    const { clock, tokenIssueEveryMs } = this.#options;
    const waitMs = this.#notBeforeMs - clock.elapsedMs();
    if (waitMs <= 0) return;
    throw new RetryLater(
      'kis.token-throttled',
      `Cannot ask KIS for a token: asked already, allowed again in ${Math.ceil(waitMs / 1_000)} s, once in ${tokenIssueEveryMs / 1_000} s`,
    );
  }

  /** Machine time may have been set back or forth since: whatever the stamp says, one interval from now is enough. */
  #reckonWithOthers(): void {
    const { clock, credentials, tokenIssueEveryMs, wallNow = Temporal.Now.instant } = this.#options;
    const issuedAt = credentials.tokenIssuedAt?.() ?? null;
    if (issuedAt === null || (this.#reckonedIssue !== null && issuedAt.equals(this.#reckonedIssue))) return;
    this.#reckonedIssue = issuedAt;
    const leftMs = issuedAt.epochMilliseconds + tokenIssueEveryMs - wallNow().epochMilliseconds;
    this.#notBeforeMs = clock.elapsedMs() + Math.min(tokenIssueEveryMs, Math.max(0, leftMs));
  }

  async #issue(): Promise<HeldToken> {
    const { clock, credentials, wallNow = Temporal.Now.instant } = this.#options;
    const issueBefore = credentials.tokenIssuedAt?.() ?? undefined;
    const issuedAt = wallNow();
    // On record before the first byte: a process that dies now must not make the next one ask within the minute.
    await this.#save(this.#held, clock.now(), issuedAt);
    const form = {
      grant_type: 'client_credentials',
      appkey: credentials.appKey().reveal(),
      appsecret: credentials.appSecret().reveal(),
    };
    let isSent = false;
    const onSent = (): void => {
      isSent = true;
      this.#reckonedIssue = issuedAt;
      this.#notBeforeMs = clock.elapsedMs() + this.#options.tokenIssueEveryMs;
    };
    try {
      const issued = issuedToken(await this.#post(signInEndpoints.issueToken, form, onSent), clock.now());
      const held = this.#hold({ ...issued, expiresAt: this.#earlierEnd(issued), issuedAt });
      await this.#save(held, held.expiresAt, issuedAt);
      return held;
    } catch (error) {
      if (!isSent) await this.#save(this.#held, clock.now(), issueBefore);
      throw error;
    }
  }

  /** Within six hours KIS gives the same token again, and that one has not become any younger by it. @see spec §2.1 */
  #earlierEnd({ token, expiresAt }: KeptToken): Temporal.Instant {
    for (const known of [this.#held, this.#refused]) {
      if (known === null || known.token.reveal() !== token.reveal()) continue;
      const isPast = Temporal.Instant.compare(known.expiresAt, this.#options.clock.now()) <= 0;
      if (!isPast && Temporal.Instant.compare(known.expiresAt, expiresAt) < 0) return known.expiresAt;
    }
    return expiresAt;
  }

  #hold(kept: KeptToken): HeldToken {
    this.#held = { ...kept, renewAt: this.#renewAt(kept.expiresAt) };
    return this.#held;
  }

  #renewAt(expiresAt: Temporal.Instant): Temporal.Instant {
    const { random = (): number => 0 } = this.#options;
    return expiresAt.subtract({ milliseconds: renewBeforeMs + Math.floor(random() * renewJitterMs) });
  }

  /** @param held null forgets the token and keeps the time of its issue */
  async #save(held: KeptToken | null, endsAt: Temporal.Instant, issuedAt: Temporal.Instant | undefined): Promise<void> {
    await this.#options.credentials.saveToken(held?.token ?? new Secret(''), held?.expiresAt ?? endsAt, issuedAt);
  }

  #alone<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const { credentials } = this.#options;
    return credentials.alone === undefined ? work() : credentials.alone(work);
  }

  async #post(
    endpoint: KisEndpoint,
    fields: Readonly<Record<string, string>>,
    onSent: () => void = () => {},
  ): Promise<Readonly<Record<string, unknown>>> {
    const result = await this.#options.http.send({
      method: endpoint.method,
      url: new URL(endpoint.path, this.#options.rest),
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(fields),
    });
    if (result.kind !== 'not-sent') onSent();
    return signInBody(endpoint, result);
  }
}

function isSameIssue(a: KeptToken, b: KeptToken): boolean {
  if (a.token.reveal() !== b.token.reveal()) return false;
  return a.issuedAt === undefined || b.issuedAt === undefined || a.issuedAt.equals(b.issuedAt);
}
