/** The hosts KIS publishes. Everything else is a simulator, and a simulator is on loopback. */
export const kisHosts = {
  real: { rest: 'openapi.koreainvestment.com:9443', webSocket: 'ops.koreainvestment.com:21000' },
  paper: { rest: 'openapivts.koreainvestment.com:29443', webSocket: 'ops.koreainvestment.com:31000' },
} as const;

/** Where the daily lists of listed instruments are, as zip files and without sign-in. @see spec §8 */
export const masterHost = 'new.real.download.dws.co.kr';
