import type { KisEndpoint } from './endpoint.ts';

/** Calls that carry no TR id. @see spec §2 */
export const signInEndpoints = {
  issueToken: { method: 'POST', path: '/oauth2/tokenP', real: '', paper: '', rateClass: 'sign-in' },
  revokeToken: { method: 'POST', path: '/oauth2/revokeP', real: '', paper: '', rateClass: 'sign-in' },
  approveSocket: {
    method: 'POST',
    path: '/oauth2/Approval',
    real: '',
    paper: '',
    rateClass: 'sign-in',
    spacingMs: 1_000,
  },
  hashBody: { method: 'POST', path: '/uapi/hashkey', real: '', paper: '', rateClass: 'query' },
} as const satisfies Readonly<Record<string, KisEndpoint>>;
