/** What KIS allows in one environment; the broker's published numbers, not our wishes. */
export interface KisLimits {
  /** REST calls a second and app key; a sliding second. */
  readonly callsPerSecond: number;
  /** Rows on one page of the balance. */
  readonly balancePageRows: number;
  /** Rows on one page of the daily order list. */
  readonly ordersPageRows: number;
}

/**
 * @see notice of 2026-04-20: 18 calls a second real, 1 a second paper (20 and 2 before)
 * @see portal text of 주식잔고조회 and 주식일별주문체결조회 for the page sizes
 */
export const kisLimits = {
  real: { callsPerSecond: 18, balancePageRows: 50, ordersPageRows: 100 },
  paper: { callsPerSecond: 1, balancePageRows: 20, ordersPageRows: 15 },
} as const satisfies Readonly<Record<'real' | 'paper', KisLimits>>;

/**
 * How KIS counts: a sliding second of its own clock. The margin is for clocks that tick in steps; a call without an
 * answer is taken to have arrived after half a second, longer than any journey to Seoul that still trades.
 */
export const callWindow = { windowMs: 1_020, arrivalMsMax: 500 } as const;

/** How long a balance counts as fresh unless something of ours changed it; KIS caps balances for all customers. */
export const balanceKeptMs = 30_000;
/** The same for a price or an order book that a person looks at. */
export const quoteKeptMs = 1_000;

/** The service of an app key ends a year after it was issued, and sleeps when it was not used for three months. */
export const keyTermMonths = 12;
export const keyInactivityMonths = 3;

/** Registrations of one websocket session over all feeds, order notices included. */
export const registrationsMax = 41;

/** Websocket sessions an app key may hold at a time; the second is answered OPSP8996 and closed. */
export const sessionsPerKey = 1;

/** Rows of one answer of the daily chart and of today's minute chart. */
export const dailyChartRows = 100;
export const minuteChartRows = 30;

/** One issue a minute and app key (EGW00133); a token asked for again within six hours is the same one. */
export const tokenIssueEveryMs = 60_000;
export const tokenLifetimeMs = 24 * 3_600_000;
export const tokenReissueSameMs = 6 * 3_600_000;
