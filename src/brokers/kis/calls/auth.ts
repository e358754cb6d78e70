import type { Clock } from '#domain/clock.ts';
import { FixConfiguration, RetryLater } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { seoul } from '#domain/trading-date.ts';
import type { HttpClient, HttpResult } from '#wire/http-client.ts';
import { parseStrictJson } from '#wire/strict-json.ts';

import type { Credentials } from '../../broker.ts';
import type { KisEndpoint } from '../endpoints/endpoint.ts';
import { signInEndpoints } from '../endpoints/sign-in.ts';

export interface KisSignInOptions {
  readonly http: HttpClient;
  readonly rest: URL;
  readonly credentials: Credentials;
  readonly clock: Clock;
  /** KIS issues one token a minute; a second ask within it fails here, not there. */
  readonly tokenIssueEveryMs: number;
}

interface HeldToken {
  readonly token: Secret;
  readonly expiresAt: Temporal.Instant;
}

const renewBefore = Temporal.Duration.from({ minutes: 10 });
/** Visible ASCII only, as a header needs; the portal allows 350 characters with "Bearer ". */
const tokenForm = /^[\x21-\x7e]{1,1000}$/;

/**
 * The token of one app key: loaded from the vault, renewed ten minutes before it ends, asked for once at a time
 * however many wait, and at most once a minute. Every issue sends the owner a message, so a needless one is a nuisance.
 */
export class KisSignIn {
  readonly #options: KisSignInOptions;
  #held: HeldToken | null = null;
  #isLoaded = false;
  #renewal: Promise<HeldToken> | null = null;
  #issuedAtMs: number | null = null;

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
    if (held !== null && Temporal.Instant.compare(now.add(renewBefore), held.expiresAt) < 0) return held.token;
    try {
      return (await this.#renew()).token;
    } catch (error) {
      // In its last ten minutes the old token still works: a failed renewal must not stop trading early.
      if (held !== null && Temporal.Instant.compare(now, held.expiresAt) < 0) return held.token;
      throw error;
    }
  }

  /** Forgets `token` when the broker refused it, unless a newer one is held already. */
  drop(token: Secret): void {
    if (this.#held?.token.reveal() !== token.reveal()) return;
    this.#held = null;
    this.#options.credentials.saveToken(new Secret(''), this.#options.clock.now());
  }

  /**
   * The key a websocket session registers with. A new one for every connection; older ones keep working.
   *
   * @throws {RetryLater} `kis.sign-in-failed`
   * @throws {FixConfiguration} `kis.credentials-refused`
   */
  async approvalKey(): Promise<Secret> {
    const { credentials } = this.#options;
    const body = await this.#post(signInEndpoints.approveSocket, {
      grant_type: 'client_credentials',
      appkey: credentials.appKey().reveal(),
      secretkey: credentials.appSecret().reveal(),
    });
    const key = body['approval_key'];
    if (typeof key !== 'string' || key === '')
      throw failed(signInEndpoints.approveSocket, 'no approval key in the answer');
    return new Secret(key);
  }

  /** Ends the token here and at the broker; nothing to do when there is none. @throws {RetryLater} `kis.sign-in-failed` */
  async revoke(): Promise<void> {
    const { credentials } = this.#options;
    const held = this.#current();
    if (held === null) return;
    this.drop(held.token);
    const body = await this.#post(signInEndpoints.revokeToken, {
      appkey: credentials.appKey().reveal(),
      appsecret: credentials.appSecret().reveal(),
      token: held.token.reveal(),
    });
    // The one answer of KIS with a number for a code.
    if (body['code'] !== 200)
      throw failed(signInEndpoints.revokeToken, 'the answer does not say that the token is gone');
  }

  #current(): HeldToken | null {
    if (!this.#isLoaded) {
      const saved = this.#options.credentials.loadToken();
      this.#isLoaded = true;
      if (saved !== null && tokenForm.test(saved.token.reveal())) this.#held = saved;
    }
    return this.#held;
  }

  #renew(): Promise<HeldToken> {
    this.#renewal ??= this.#issue().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #issue(): Promise<HeldToken> {
    const { clock, credentials, tokenIssueEveryMs } = this.#options;
    const sinceMs = this.#issuedAtMs === null ? Number.POSITIVE_INFINITY : clock.elapsedMs() - this.#issuedAtMs;
    if (sinceMs < tokenIssueEveryMs) {
      throw new RetryLater(
        'kis.token-throttled',
        `Cannot ask KIS for a token: asked ${Math.round(sinceMs / 1_000)} s ago, allowed once in ${tokenIssueEveryMs / 1_000} s`,
      );
    }
    const body = await this.#post(
      signInEndpoints.issueToken,
      {
        grant_type: 'client_credentials',
        appkey: credentials.appKey().reveal(),
        appsecret: credentials.appSecret().reveal(),
      },
      () => {
        this.#issuedAtMs = clock.elapsedMs();
      },
    );
    const held = heldToken(body, clock.now());
    this.#held = held;
    credentials.saveToken(held.token, held.expiresAt);
    return held;
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

function signInBody(endpoint: KisEndpoint, result: HttpResult): Readonly<Record<string, unknown>> {
  if (result.kind !== 'answer') throw failed(endpoint, `${result.kind}, ${result.cause}`);
  const json = parseStrictJson(result.body);
  const body = json.kind === 'value' && isRecord(json.value) ? json.value : null;
  if (body === null) throw failed(endpoint, `an answer that is no object, HTTP ${result.status}`);
  if (result.status === 200) return body;
  const given = body['error_code'] ?? body['msg_cd'];
  const code = typeof given === 'string' ? given : 'none';
  if (code === 'EGW00133') {
    throw new RetryLater('kis.token-throttled', 'Cannot ask KIS for a token: it answered EGW00133, one issue a minute');
  }
  if (/^EGW0010[1-5]$/.test(code)) {
    throw new FixConfiguration(
      'kis.credentials-refused',
      `Cannot sign in to KIS: it answered ${code}, wanted a valid app key and secret of this environment`,
    );
  }
  throw failed(endpoint, `HTTP ${result.status}, code ${code.slice(0, 8)}`);
}

/** KIS gives the end twice, and they can disagree by a little: the earlier one counts, unless it is already past. */
function heldToken(body: Readonly<Record<string, unknown>>, now: Temporal.Instant): HeldToken {
  const { access_token: token, expires_in: seconds, access_token_token_expired: wallClock } = body;
  if (typeof token !== 'string' || !tokenForm.test(token))
    throw failed(signInEndpoints.issueToken, 'no token in the answer');
  if (typeof seconds !== 'number' || !Number.isSafeInteger(seconds) || seconds <= 0 || seconds > 31_536_000) {
    throw failed(signInEndpoints.issueToken, 'no lifetime in the answer');
  }
  const byDuration = now.add({ seconds });
  const byWallClock = typeof wallClock === 'string' ? seoulWallClock(wallClock) : null;
  const isUsable =
    byWallClock !== null &&
    Temporal.Instant.compare(byWallClock, now) > 0 &&
    Temporal.Instant.compare(byWallClock, byDuration) < 0;
  return { token: new Secret(token), expiresAt: isUsable ? byWallClock : byDuration };
}

function seoulWallClock(text: string): Temporal.Instant | null {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(seoul).toInstant();
  } catch {
    // Digits that are no day or time: the duration beside it counts alone.
    return null;
  }
}

function failed(endpoint: KisEndpoint, found: string): RetryLater {
  return new RetryLater('kis.sign-in-failed', `Cannot call "${endpoint.path}" of KIS: ${found}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
