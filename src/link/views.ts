import { z } from 'zod';

import { keyLifeView } from './key-life.ts';

/** The plain JSON shapes that cross our processes and reach the browser. Won are integers, instants ISO 8601 in UTC. */
export const instant = z.iso.datetime({ offset: true });
export const wonAmount = z.int();
export const symbol = z.string().regex(/^[0-9][0-9A-Z]{5}$/);
export const side = z.enum(['buy', 'sell']);
export const orderType = z.enum(['limit', 'market', 'conditional-limit', 'best', 'priority', 'mid', 'stop-limit']);
export const timeInForce = z.enum(['day', 'ioc', 'fok']);
export const orderVenue = z.enum(['KRX', 'NXT', 'SOR']);
export const orderSession = z.enum(['regular', 'pre-hours-close', 'after-hours-close', 'after-market', 'pre-market']);

export const instrumentView = z.strictObject({
  symbol,
  name: z.string(),
  market: z.enum(['KOSPI', 'KOSDAQ', 'KONEX']),
  kind: z.enum(['stock', 'etf', 'etn']),
  leverage: z.int(),
});

export const quoteView = z.strictObject({
  symbol,
  price: wonAmount,
  basePrice: wonAmount,
  open: wonAmount,
  high: wonAmount,
  low: wonAmount,
  upperLimit: wonAmount,
  lowerLimit: wonAmount,
  volumeOfDay: z.number(),
  /** When the market printed the price. */
  at: instant,
});

const level = z.strictObject({ price: wonAmount, quantity: z.int() });
export const orderBookView = z.strictObject({ symbol, at: instant, asks: z.array(level), bids: z.array(level) });

export const barView = z.strictObject({
  /** Epoch milliseconds of the start of the span. */
  startsAtMs: z.number(),
  date: z.int(),
  open: wonAmount,
  high: wonAmount,
  low: wonAmount,
  close: wonAmount,
  volume: z.number(),
});

export const orderState = z.enum([
  'intent',
  'sending',
  'acked',
  'partially-filled',
  'filled',
  'cancelled',
  'expired',
  'denied',
  'rejected',
  'not-sent',
  'unknown',
  'confirmed-absent',
  'escalated',
]);

export const checkView = z.strictObject({
  code: z.string(),
  /** Null when the number itself is missing. */
  actual: z.number().nullable(),
  limit: z.number().nullable(),
  unit: z.string(),
  passed: z.boolean(),
});

/** One step of an order's life, as the timeline draws it. */
export const orderStep = z.strictObject({
  kind: z.enum([
    'intent',
    'approved',
    'denied',
    'sending',
    'acked',
    'filled',
    'rejected',
    'not-sent',
    'unknown',
    'inquiry',
    'found',
    'confirmed-absent',
    'escalated',
    'cancel-requested',
    'cancelled',
    'amend-requested',
    'amended',
    'expired',
  ]),
  at: instant,
  /** Shares and price of a fill or an amendment; the count of an inquiry in `quantity`. */
  quantity: z.int().nullable(),
  price: wonAmount.nullable(),
  /** Broker code, cause, or broker order number; empty when there is nothing to add. */
  detail: z.string(),
});

export const orderView = z.strictObject({
  orderId: z.string(),
  requestId: z.string(),
  /** Strategy name, `web` or `cli`. */
  requester: z.string(),
  symbol,
  side,
  /** The five that say what kind of order it is; absent stands for limit, for the day, KRX, regular session, no stop price. */
  type: z.exactOptional(orderType),
  timeInForce: z.exactOptional(timeInForce),
  venue: z.exactOptional(orderVenue),
  session: z.exactOptional(orderSession),
  stopPrice: z.exactOptional(wonAmount),
  quantity: z.int(),
  /** Limit price; 0 for the types without one. */
  price: wonAmount,
  filled: z.int(),
  /** Sum of price times quantity over the fills. */
  filledValue: wonAmount,
  state: orderState,
  brokerOrderId: z.string().nullable(),
  reason: z.string(),
  checks: z.array(checkView),
  steps: z.array(orderStep),
  createdAt: instant,
});

export const positionView = z.strictObject({
  symbol,
  quantity: z.int(),
  cost: wonAmount,
  /** Last price and its time; null until the market printed one. */
  price: wonAmount.nullable(),
  priceAt: instant.nullable(),
});

export const portfolioView = z.strictObject({
  cash: wonAmount,
  /** Cash that ordering can use now. */
  orderableCash: wonAmount,
  equity: wonAmount,
  /** Equity at the start of the day. */
  equityAtOpen: wonAmount,
  realisedOfDay: wonAmount,
  unrealised: wonAmount,
  feesOfDay: wonAmount,
  taxOfDay: wonAmount,
  positions: z.array(positionView),
  /** When the broker last confirmed it. */
  confirmedAt: instant.nullable(),
  at: instant,
});

/** One row of 안전: what is used, what is allowed. */
export const limitView = z.strictObject({
  code: z.string(),
  scope: z.enum(['account', 'strategy', 'symbol']),
  /** Strategy name or listing code; empty for the account. */
  subject: z.string(),
  used: z.number(),
  limit: z.number(),
  unit: z.string(),
});

export const statusView = z.strictObject({
  environment: z.enum(['trial', 'paper', 'real']),
  broker: z.string(),
  /** Masked, such as `••4821-01`. */
  account: z.string(),
  now: instant,
  /** Market seconds per real second; 1 outside trial mode. */
  clockSpeed: z.number(),
  session: z.strictObject({
    kind: z.enum(['closed', 'opening-auction', 'continuous', 'closing-auction', 'after-market']),
    opensAt: instant.nullable(),
    closesAt: instant.nullable(),
  }),
  halted: z
    .strictObject({ since: instant, by: z.string(), reason: z.string(), openOrders: z.int(), cancelled: z.int() })
    .nullable(),
  connections: z.strictObject({
    orders: z.enum(['closed', 'half-open', 'open']),
    quotes: z.enum(['closed', 'half-open', 'open']),
    balance: z.enum(['closed', 'half-open', 'open']),
    stream: z.enum(['closed', 'half-open', 'open']),
  }),
  requestsPerSecond: z.strictObject({ used: z.number(), limit: z.number() }),
  /** Places of the live stream, and the wanted symbols that found none, or none for their order book. */
  registrations: z.strictObject({
    used: z.int(),
    limit: z.int(),
    unwatched: z.array(symbol),
    withoutBook: z.array(symbol),
  }),
  tokenExpiresAt: instant.nullable(),
  /** How long ago each line to the broker answered last, in real milliseconds; null before its first answer. */
  answerAgesMs: z
    .strictObject({ orders: z.number().nullable(), quotes: z.number().nullable(), balance: z.number().nullable() })
    .optional(),
  /** When the app key ends by itself; absent for trial keys. */
  keyLife: z.array(keyLifeView).optional(),
  unknownOrders: z.int(),
  journal: z.strictObject({ sequence: z.int(), hash: z.string() }),
  build: z.string(),
});

export type InstrumentView = z.infer<typeof instrumentView>;
export type QuoteView = z.infer<typeof quoteView>;
export type OrderBookView = z.infer<typeof orderBookView>;
export type BarView = z.infer<typeof barView>;
export type CheckView = z.infer<typeof checkView>;
export type OrderStep = z.infer<typeof orderStep>;
export type OrderView = z.infer<typeof orderView>;
export type PositionView = z.infer<typeof positionView>;
export type PortfolioView = z.infer<typeof portfolioView>;
export type LimitView = z.infer<typeof limitView>;
export type StatusView = z.infer<typeof statusView>;
