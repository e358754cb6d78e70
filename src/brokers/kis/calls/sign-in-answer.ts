import { FixConfiguration, RetryLater } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { seoul } from '#domain/trading-date.ts';
import type { HttpResult } from '#wire/http-client.ts';
import { parseStrictJson } from '#wire/strict-json.ts';

import { tokenCodes } from '../codes.ts';
import type { KisEndpoint } from '../endpoints/endpoint.ts';
import { signInEndpoints } from '../endpoints/sign-in.ts';
import { isRecord } from './envelope.ts';

/** Visible ASCII only, as a header needs; the portal allows 350 characters with "Bearer ". */
const tokenForm = /^[\x21-\x7e]{1,1000}$/;

/**
 * The object that a sign-in call answered with.
 *
 * @throws {RetryLater} `kis.token-throttled` · `kis.token-refused` · `kis.sign-in-failed`
 * @throws {FixConfiguration} `kis.credentials-refused`
 */
export function signInBody(endpoint: KisEndpoint, result: HttpResult): Readonly<Record<string, unknown>> {
  if (result.kind !== 'answer') throw signInFailed(endpoint, `${result.kind}, ${result.cause}`, result.cause);
  const json = parseStrictJson(result.body);
  const body = json.kind === 'value' && isRecord(json.value) ? json.value : null;
  if (body === null) throw unreadableSignIn(endpoint, result.status);
  if (result.status === 200) return body;
  const given = body['error_code'] ?? body['msg_cd'];
  const code = typeof given === 'string' ? given : 'none';
  if (code === 'EGW00133') {
    throw new RetryLater('kis.token-throttled', 'Cannot ask KIS for a token: it answered EGW00133, one issue a minute');
  }
  if (tokenCodes.has(code)) {
    throw new RetryLater('kis.token-refused', `Cannot call "${endpoint.path}" of KIS: it answered ${code}`);
  }
  if (/^EGW0010[1-5]$/.test(code)) {
    throw new FixConfiguration(
      'kis.credentials-refused',
      `Cannot sign in to KIS: it answered ${code}, wanted a valid app key and secret of this environment`,
    );
  }
  throw signInFailed(endpoint, `HTTP ${result.status}, code ${code.slice(0, 8)}`, code.slice(0, 8));
}

/**
 * The token of an answer. KIS gives the end twice, and they can disagree by a little: the earlier one counts, unless it
 * is already past.
 *
 * @throws {RetryLater} `kis.sign-in-failed`
 */
export function issuedToken(
  body: Readonly<Record<string, unknown>>,
  now: Temporal.Instant,
): { readonly token: Secret; readonly expiresAt: Temporal.Instant } {
  const { access_token: token, expires_in: seconds, access_token_token_expired: wallClock } = body;
  if (typeof token !== 'string' || !isToken(token)) {
    throw signInFailed(signInEndpoints.issueToken, 'no token in the answer');
  }
  if (typeof seconds !== 'number' || !Number.isSafeInteger(seconds) || seconds <= 0 || seconds > 31_536_000) {
    throw signInFailed(signInEndpoints.issueToken, 'no lifetime in the answer');
  }
  const byDuration = now.add({ seconds });
  const byWallClock = typeof wallClock === 'string' ? seoulWallClock(wallClock) : null;
  const isUsable =
    byWallClock !== null &&
    Temporal.Instant.compare(byWallClock, now) > 0 &&
    Temporal.Instant.compare(byWallClock, byDuration) < 0;
  return { token: new Secret(token), expiresAt: isUsable ? byWallClock : byDuration };
}

/** Whether a text can stand in a header as a token; an empty one cannot. */
export function isToken(text: string): boolean {
  return tokenForm.test(text);
}

/** @param cause the transport's or the gateway's code alone, by which a host under maintenance is told from a failure */
export function signInFailed(endpoint: KisEndpoint, found: string, cause = ''): RetryLater {
  return new RetryLater('kis.sign-in-failed', `Cannot call "${endpoint.path}" of KIS: ${found}`, { cause });
}

function unreadableSignIn(endpoint: KisEndpoint, status: number): RetryLater {
  return signInFailed(endpoint, `an answer that is no object, HTTP ${status}`, `HTTP ${status}`);
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
