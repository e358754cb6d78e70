import { createHash, createHmac, randomUUID } from 'node:crypto';

import type { Clock } from '#domain/clock.ts';
import type { BrokerEnvironment } from '#domain/environment.ts';
import { seoul } from '#domain/trading-date.ts';

import { tokenLifetimeMs, tokenReissueSameMs } from '../../limits.ts';
import type { SimulatorCredentials } from './credentials.ts';
import { clientFamily } from '../socket/client-profile.ts';
import { gatewayReply, signInError, type Reply } from './envelope.ts';
import { KeyRing } from './key-ring.ts';
import { OwnerNotices } from './owner-notices.ts';
import type { Venue } from '../venue/venue.ts';

/** Tokens, approval keys and hashes: everything in front of the ledger that knows keys. */
export class SignIn {
  readonly #venue: Venue;
  readonly #clock: Clock;
  readonly #throttleMs: number;
  readonly #recognisesClients: boolean;
  /** Real time of the last issue by app key, and by family of client where clients are recognised: six entries at most. */
  readonly #issuedAtMs = new Map<string, number>();
  /** `User-Agent` of the latest request for an approval key, by app key; two keys, two entries. */
  readonly #approvalAgents = new Map<string, string>();
  #issued = 0;
  #mixed = 0;
  /** Whose owner may have new ones issued, at the console. */
  readonly keys: KeyRing;
  /** What the owners of the keys would have been told. */
  readonly notices = new OwnerNotices();

  constructor(options: {
    readonly credentials: SimulatorCredentials;
    readonly venue: Venue;
    /** Time on which tokens expire: the machine's for outside clients, the market's in trial mode. */
    readonly clock: Clock;
    readonly throttleMs: number;
    /** Several programs may share a key: each family of clients waits its own minute. */
    readonly recognisesClients?: boolean;
  }) {
    this.keys = new KeyRing(options.credentials);
    this.#venue = options.venue;
    this.#clock = options.clock;
    this.#throttleMs = options.throttleMs;
    this.#recognisesClients = options.recognisesClients ?? false;
  }

  /** Answers with a token since the start, the same token given again included. */
  get issued(): number {
    return this.#issued;
  }

  /** Calls since the start that carried the token of one key and the name of another: a client must never make one. */
  get mixed(): number {
    return this.#mixed;
  }

  /** `POST /oauth2/tokenP`. The same token within six hours; one call a minute and key, whatever it returns. @see spec §2.1 */
  issueToken(body: Readonly<Record<string, string>>, userAgent = ''): Reply {
    const appKey = body['appkey'] ?? '';
    const wrong = this.#wrongKey(appKey, body['appsecret'] ?? '');
    if (wrong !== null) return wrong;
    if (body['grant_type'] !== 'client_credentials') return signInError('EGW00101');
    const elapsed = this.#clock.elapsedMs();
    const asker = this.#recognisesClients ? `${appKey} ${clientFamily(userAgent)}` : appKey;
    const last = this.#issuedAtMs.get(asker);
    if (last !== undefined && elapsed - last < this.#throttleMs) return signInError('EGW00133');
    this.#issuedAtMs.set(asker, elapsed);
    this.#issued += 1;
    const now = this.#clock.now().epochMilliseconds;
    const kept = this.#freshToken(appKey, now);
    if (kept !== null) {
      this.#tellToken(appKey, now, false);
      return tokenReply(kept.token, kept.expiresAt, now);
    }
    const { token, expiresAt } = this.#issue(appKey, now);
    return tokenReply(token, expiresAt, now);
  }

  /** A token of `appKey` for somebody else; the owner of the key hears of it, and no answer tells our client. */
  issueToStranger(appKey: string): void {
    this.#issue(appKey, this.#clock.now().epochMilliseconds);
  }

  #issue(appKey: string, issuedAt: number): { readonly token: string; readonly expiresAt: number } {
    const expiresAt = issuedAt + tokenLifetimeMs;
    const token = this.#makeToken(appKey, issuedAt, expiresAt);
    this.#venue.record({ kind: 'token', appKey, token, issuedAt, expiresAt });
    this.#tellToken(appKey, issuedAt, true);
    return { token, expiresAt };
  }

  #tellToken(appKey: string, at: number, isNew: boolean): void {
    const environment = this.environmentOf(appKey);
    if (environment !== null) this.notices.token(appKey, { environment, at, isNew });
  }

  /** A key was used from `address`; its owner is told the first time. */
  used(appKey: string, address: string, over: 'rest' | 'websocket'): void {
    const environment = this.environmentOf(appKey);
    if (environment === null) return;
    this.notices.used(appKey, { environment, at: this.#clock.now().epochMilliseconds, from: { address, over } });
  }

  /** `POST /oauth2/revokeP`. The minute between two issues goes on. */
  revokeToken(body: Readonly<Record<string, string>>): Reply {
    const wrong = this.#wrongKey(body['appkey'] ?? '', body['appsecret'] ?? '');
    if (wrong !== null) return wrong;
    const token = body['token'] ?? '';
    if (!this.#venue.state.tokens.has(token)) return gatewayReply('EGW00122');
    this.#venue.record({ kind: 'revoked', token });
    return { status: 200, body: { code: 200, message: '접근토큰 폐기에 성공하였습니다' }, continuation: '' };
  }

  /** `POST /oauth2/Approval`: a new key each time; older ones stay good. @see spec §2.3 */
  approve(body: Readonly<Record<string, string>>, userAgent = ''): Reply {
    const appKey = body['appkey'] ?? '';
    const wrong = this.#wrongKey(appKey, body['secretkey'] ?? body['appsecret'] ?? '');
    if (wrong !== null) return wrong;
    this.#approvalAgents.set(appKey, userAgent);
    const key = randomUUID();
    const expiresAt = this.#clock.now().epochMilliseconds + tokenLifetimeMs;
    this.#venue.record({ kind: 'approval', appKey, key, expiresAt });
    return { status: 200, body: { approval_key: key }, continuation: '' };
  }

  /** `POST /uapi/hashkey`: echoes the body with a hash of it. @see spec §2.4 */
  hash(
    body: Readonly<Record<string, string>>,
    headers: { readonly appKey: string; readonly appSecret: string },
  ): Reply {
    const wrong = this.#wrongKey(headers.appKey, headers.appSecret);
    if (wrong !== null) return wrong;
    const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
    return { status: 200, body: { BODY: body, HASH: hash }, continuation: '' };
  }

  /** The environment whose key stands behind `authorization`, or the answer that says why none does. */
  authenticate(headers: {
    readonly authorization: string;
    readonly appKey: string;
    readonly appSecret: string;
  }): { readonly environment: BrokerEnvironment } | Reply {
    const token = headers.authorization.replace(/^Bearer\s+/i, '');
    if (token === '') return gatewayReply('EGW00122');
    const issue = this.#venue.state.tokens.get(token);
    if (issue !== undefined && issue.appKey !== headers.appKey) this.#mixed += 1;
    const wrong = this.#wrongKey(headers.appKey, headers.appSecret);
    if (issue === undefined || wrong !== null || issue.appKey !== headers.appKey) return gatewayReply('EGW00121');
    if (issue.expiresAt <= this.#clock.now().epochMilliseconds) return gatewayReply('EGW00123');
    const environment = this.environmentOf(headers.appKey);
    return environment === null ? gatewayReply('EGW00121') : { environment };
  }

  /** `User-Agent` of the latest request for an approval key of `appKey`; empty when it sent none. */
  approvalAgent(appKey: string): string {
    return this.#approvalAgents.get(appKey) ?? '';
  }

  /** The app key that an approval key was given to, with its environment; null when unknown or expired. */
  approvedKey(key: string): { readonly appKey: string; readonly environment: BrokerEnvironment } | null {
    const approval = this.#venue.state.approvals.get(key);
    if (approval === undefined || approval.expiresAt <= this.#clock.now().epochMilliseconds) return null;
    const environment = this.environmentOf(approval.appKey);
    return environment === null ? null : { appKey: approval.appKey, environment };
  }

  environmentOf(appKey: string): BrokerEnvironment | null {
    return this.keys.environmentOf(appKey);
  }

  #wrongKey(appKey: string, appSecret: string): Reply | null {
    const wanted = this.keys.secretOf(appKey);
    if (wanted === null) return signInError('EGW00103');
    return wanted === appSecret ? null : signInError('EGW00105');
  }

  #freshToken(appKey: string, now: number): { token: string; expiresAt: number } | null {
    let latest: { token: string; issuedAt: number; expiresAt: number } | null = null;
    for (const issue of this.#venue.state.tokens.values()) {
      if (issue.appKey !== appKey || now - issue.issuedAt >= tokenReissueSameMs || issue.issuedAt > now) continue;
      if (latest === null || issue.issuedAt > latest.issuedAt) latest = issue;
    }
    return latest;
  }

  /** Shaped like the broker's: HS512, `jti` the app key, which some clients read. */
  #makeToken(appKey: string, issuedAt: number, expiresAt: number): string {
    const header = encode({ typ: 'JWT', alg: 'HS512' });
    const claims = encode({
      sub: 'token',
      aud: randomUUID().slice(0, 18),
      prdt_cd: '',
      iss: 'unogw',
      exp: Math.floor(expiresAt / 1000),
      iat: Math.floor(issuedAt / 1000),
      jti: appKey,
    });
    const signature = createHmac('sha512', this.keys.secretOf(appKey) ?? '')
      .update(`${header}.${claims}`)
      .digest('base64url');
    return `${header}.${claims}.${signature}`;
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function tokenReply(token: string, expiresAt: number, now: number): Reply {
  const expires = Temporal.Instant.fromEpochMilliseconds(expiresAt).toZonedDateTimeISO(seoul).toPlainDateTime();
  const body = {
    access_token: token,
    access_token_token_expired: expires.toString({ smallestUnit: 'second' }).replace('T', ' '),
    token_type: 'Bearer',
    expires_in: Math.floor((expiresAt - now) / 1000),
  };
  return { status: 200, body, continuation: '' };
}
