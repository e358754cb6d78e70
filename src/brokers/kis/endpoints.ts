/** Which lane of the rate budget a call takes; `sign-in` calls have their own, much slower limits. */
export type KisRateClass = 'cancel' | 'order' | 'query' | 'sign-in';

/** One REST operation of KIS. Quotes carry the same TR id in both environments; sign-in calls carry none. */
export interface KisEndpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** TR id on the real host; empty for calls that carry none. */
  readonly real: string;
  /** TR id on the paper host; null when the operation does not exist there. */
  readonly paper: string | null;
  /** TR ids of before 2025-03 that servers still take; we never send them. */
  readonly legacyReal?: string;
  readonly legacyPaper?: string;
  readonly rateClass: KisRateClass;
}

const quotations = '/uapi/domestic-stock/v1/quotations';
const trading = '/uapi/domestic-stock/v1/trading';

/**
 * Every operation we call, under our own names.
 *
 * @see KIS developers portal, edition of 2026-09-11: 주식현재가 시세, 주식주문(현금), 주식잔고조회 and their neighbours
 */
export const kisEndpoints = {
  issueToken: { method: 'POST', path: '/oauth2/tokenP', real: '', paper: '', rateClass: 'sign-in' },
  revokeToken: { method: 'POST', path: '/oauth2/revokeP', real: '', paper: '', rateClass: 'sign-in' },
  approveSocket: { method: 'POST', path: '/oauth2/Approval', real: '', paper: '', rateClass: 'sign-in' },
  hashBody: { method: 'POST', path: '/uapi/hashkey', real: '', paper: '', rateClass: 'query' },
  price: {
    method: 'GET',
    path: `${quotations}/inquire-price`,
    real: 'FHKST01010100',
    paper: 'FHKST01010100',
    rateClass: 'query',
  },
  orderBook: {
    method: 'GET',
    path: `${quotations}/inquire-asking-price-exp-ccn`,
    real: 'FHKST01010200',
    paper: 'FHKST01010200',
    rateClass: 'query',
  },
  dailyBars: {
    method: 'GET',
    path: `${quotations}/inquire-daily-itemchartprice`,
    real: 'FHKST03010100',
    paper: 'FHKST03010100',
    rateClass: 'query',
  },
  minuteBars: {
    method: 'GET',
    path: `${quotations}/inquire-time-itemchartprice`,
    real: 'FHKST03010200',
    paper: 'FHKST03010200',
    rateClass: 'query',
  },
  buy: {
    method: 'POST',
    path: `${trading}/order-cash`,
    real: 'TTTC0012U',
    paper: 'VTTC0012U',
    legacyReal: 'TTTC0802U',
    legacyPaper: 'VTTC0802U',
    rateClass: 'order',
  },
  sell: {
    method: 'POST',
    path: `${trading}/order-cash`,
    real: 'TTTC0011U',
    paper: 'VTTC0011U',
    legacyReal: 'TTTC0801U',
    legacyPaper: 'VTTC0801U',
    rateClass: 'order',
  },
  /** One TR for both: `RVSE_CNCL_DVSN_CD` 01 amends, 02 cancels. */
  amend: {
    method: 'POST',
    path: `${trading}/order-rvsecncl`,
    real: 'TTTC0013U',
    paper: 'VTTC0013U',
    legacyReal: 'TTTC0803U',
    legacyPaper: 'VTTC0803U',
    rateClass: 'order',
  },
  cancel: {
    method: 'POST',
    path: `${trading}/order-rvsecncl`,
    real: 'TTTC0013U',
    paper: 'VTTC0013U',
    legacyReal: 'TTTC0803U',
    legacyPaper: 'VTTC0803U',
    rateClass: 'cancel',
  },
  balance: {
    method: 'GET',
    path: `${trading}/inquire-balance`,
    real: 'TTTC8434R',
    paper: 'VTTC8434R',
    rateClass: 'query',
  },
  buyable: {
    method: 'GET',
    path: `${trading}/inquire-psbl-order`,
    real: 'TTTC8908R',
    paper: 'VTTC8908R',
    rateClass: 'query',
  },
  /** Orders and fills of the last three months. */
  orders: {
    method: 'GET',
    path: `${trading}/inquire-daily-ccld`,
    real: 'TTTC0081R',
    paper: 'VTTC0081R',
    legacyReal: 'TTTC8001R',
    legacyPaper: 'VTTC8001R',
    rateClass: 'query',
  },
  /** Orders and fills older than three months. */
  oldOrders: {
    method: 'GET',
    path: `${trading}/inquire-daily-ccld`,
    real: 'CTSC9215R',
    paper: 'VTSC9215R',
    legacyReal: 'CTSC9115R',
    legacyPaper: 'VTSC9115R',
    rateClass: 'query',
  },
} as const satisfies Readonly<Record<string, KisEndpoint>>;

/** The websocket feeds we register for. The order notice is the one whose name differs by environment. */
export const kisFeeds = {
  /** Where the current official client connects; servers take any path. */
  path: '/tryitout',
  trade: 'H0STCNT0',
  orderBook: 'H0STASP0',
  orderNotice: { real: 'H0STCNI0', paper: 'H0STCNI9' },
  /** Control frames of the server's heartbeat carry this as their TR id. */
  heartbeat: 'PINGPONG',
} as const;

/** The hosts KIS publishes. Everything else is a simulator, and a simulator is on loopback. */
export const kisHosts = {
  real: { rest: 'openapi.koreainvestment.com:9443', webSocket: 'ops.koreainvestment.com:21000' },
  paper: { rest: 'openapivts.koreainvestment.com:29443', webSocket: 'ops.koreainvestment.com:31000' },
} as const;
