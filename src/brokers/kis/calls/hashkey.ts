import { RetryLater } from '#domain/errors.ts';
import type { HttpClient } from '#wire/http-client.ts';
import { parseStrictJson } from '#wire/strict-json.ts';

import type { Credentials } from '../../broker.ts';
import { signInEndpoints } from '../endpoints/sign-in.ts';

/**
 * Asks KIS for the hash of an order's body. Nothing here calls it by default; README.md says why.
 *
 * @returns the value for the request header `hashkey`, up to 256 characters
 * @throws {RetryLater} `kis.hashkey-failed`
 */
export async function hashBody(
  http: HttpClient,
  rest: URL,
  credentials: Credentials,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const result = await http.send({
    method: 'POST',
    url: new URL(signInEndpoints.hashBody.path, rest),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      appkey: credentials.appKey().reveal(),
      appsecret: credentials.appSecret().reveal(),
    },
    body: JSON.stringify(fields),
  });
  const json = result.kind === 'answer' && result.status === 200 ? parseStrictJson(result.body) : null;
  const value = json?.kind === 'value' ? json.value : null;
  const hash = typeof value === 'object' && value !== null && 'HASH' in value ? value.HASH : null;
  if (typeof hash === 'string' && /^[0-9A-Za-z]{1,256}$/.test(hash)) return hash;
  const found = result.kind === 'answer' ? `HTTP ${result.status} without a hash` : `${result.kind}, ${result.cause}`;
  throw new RetryLater('kis.hashkey-failed', `Cannot get a hashkey from KIS: ${found}`);
}
