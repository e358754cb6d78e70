/** One websocket feed: what is registered, and how many fields a record of it has at the least. */
export interface KisFeed {
  readonly real: string;
  /** Null when the paper host does not offer it. */
  readonly paper: string | null;
  /** What `tr_key` names. */
  readonly key: 'symbol' | 'hts-id' | 'index' | 'overseas-symbol';
  readonly fieldsMin: number;
}

/**
 * The feeds we read. KIS appends fields without notice, so `fieldsMin` is the oldest layout whose fields we name.
 *
 * @see spec §7.5
 */
export const kisFeeds = {
  trade: { real: 'H0STCNT0', paper: 'H0STCNT0', key: 'symbol', fieldsMin: 46 },
  tradeNxt: { real: 'H0NXCNT0', paper: null, key: 'symbol', fieldsMin: 46 },
  tradeUnified: { real: 'H0UNCNT0', paper: null, key: 'symbol', fieldsMin: 46 },
  orderBook: { real: 'H0STASP0', paper: 'H0STASP0', key: 'symbol', fieldsMin: 59 },
  orderBookNxt: { real: 'H0NXASP0', paper: null, key: 'symbol', fieldsMin: 65 },
  orderBookUnified: { real: 'H0UNASP0', paper: null, key: 'symbol', fieldsMin: 65 },
  orderNotice: { real: 'H0STCNI0', paper: 'H0STCNI9', key: 'hts-id', fieldsMin: 23 },
  expectedTrade: { real: 'H0STANC0', paper: null, key: 'symbol', fieldsMin: 45 },
  marketOperation: { real: 'H0STMKO0', paper: null, key: 'symbol', fieldsMin: 10 },
  index: { real: 'H0UPCNT0', paper: null, key: 'index', fieldsMin: 30 },
  overseasTrade: { real: 'HDFSCNT0', paper: 'HDFSCNT0', key: 'overseas-symbol', fieldsMin: 26 },
  overseasBook: { real: 'HDFSASP0', paper: null, key: 'overseas-symbol', fieldsMin: 17 },
  overseasNotice: { real: 'H0GSCNI0', paper: 'H0GSCNI9', key: 'hts-id', fieldsMin: 21 },
} as const satisfies Readonly<Record<string, KisFeed>>;

/** Where the current official client connects; servers take any path. */
export const socketPath = '/tryitout';

/** Control frames of the server's heartbeat carry this as their TR id. */
export const heartbeatTrId = 'PINGPONG';
