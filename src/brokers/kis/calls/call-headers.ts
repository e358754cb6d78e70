import type { Secret } from '#domain/secret.ts';

import type { Credentials } from '../../broker.ts';

/** The headers of a call with a token. @see spec §1.2 */
export function callHeaders(credentials: Credentials, trId: string, token: Secret): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    authorization: `Bearer ${token.reveal()}`,
    appkey: credentials.appKey().reveal(),
    appsecret: credentials.appSecret().reveal(),
    tr_id: trId,
    custtype: 'P',
  };
}
