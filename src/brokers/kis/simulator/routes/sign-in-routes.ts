import type { Route } from '../host/route.ts';

/** The calls before sign-in: no TR id, the same on both hosts. @see spec §2 */
export const signInRoutes: readonly Route[] = [
  open('/oauth2/tokenP', (call, broker) => broker.signIn.issueToken(call.body, call.headers['user-agent'])),
  open('/oauth2/revokeP', (call, broker) => broker.signIn.revokeToken(call.body)),
  open('/oauth2/Approval', (call, broker) => broker.signIn.approve(call.body, call.headers['user-agent'])),
  open('/uapi/hashkey', (call, broker) =>
    broker.signIn.hash(call.body, {
      appKey: call.headers['appkey'] ?? '',
      appSecret: call.headers['appsecret'] ?? '',
    }),
  ),
];

function open(path: string, handle: Route['handle']): Route {
  return { method: 'POST', path, real: [], paper: [], handle };
}
