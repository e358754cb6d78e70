import { z } from 'zod';

import { usEvents } from '../overseas/us-event.ts';
import { reservationEvents } from './reservations/reservation-event.ts';

const environment = z.enum(['paper', 'real']);
const whole = z.number().int();

const barRow = z.object({
  symbol: z.string(),
  open: whole,
  high: whole,
  low: whole,
  close: whole,
  volume: whole,
});

/**
 * Everything that may never be forgotten, one line each in the venue's log. State is a pure fold of these lines;
 * amounts are whole won, times are epoch milliseconds of market time, dates yyyy-mm-dd in Seoul.
 */
export const venueEvent = z.discriminatedUnion('kind', [
  /** First line of a log: keys and accounts, so that a restart keeps them. */
  z.object({
    kind: z.literal('opened'),
    credentials: z.string(),
    cash: whole,
    date: z.string(),
    /** 1/10,000 dollar; absent in logs of before the US market. */
    usd: whole.optional(),
  }),
  /** A number was given out: a new order, an amendment or a cancellation. */
  z.object({
    kind: z.literal('order'),
    environment,
    number: whole,
    original: whole.nullable(),
    action: z.enum(['new', 'amend', 'cancel']),
    symbol: z.string(),
    side: z.enum(['buy', 'sell']),
    division: z.string(),
    price: whole,
    /** Price the cash of a buy is held back at; the upper limit for market orders. */
    marginPrice: whole,
    quantity: whole,
    at: whole,
    date: z.string(),
    exchange: z.string(),
    /** Board the order stands on; logs older than NXT know one only. */
    board: z.enum(['KRX', 'NXT']).default('KRX'),
    /** Session it may wait through; see order-life.ts. */
    life: z
      .enum(['regular', 'pre-market', 'pre-hours-close', 'after-hours-close', 'after-hours-single', 'after-market'])
      .default('regular'),
    /** `CNDT_PRIC` of a stop order; 0 on every other. */
    stopPrice: whole.default(0),
  }),
  /** A stop order woke up, or a conditional one became a market order for the closing auction. */
  z.object({ kind: z.literal('triggered'), environment, number: whole, at: whole }),
  z.object({
    kind: z.literal('fill'),
    environment,
    number: whole,
    price: whole,
    quantity: whole,
    at: whole,
    date: z.string(),
  }),
  /** The exchange took the account's last fill back; its shares trade no more. */
  z.object({ kind: z.literal('bust'), environment, number: whole, quantity: whole, at: whole }),
  /** Shares of an order that can no longer trade. */
  z.object({
    kind: z.literal('closed'),
    environment,
    number: whole,
    quantity: whole,
    reason: z.enum(['cancelled', 'amended', 'expired', 'remainder', 'refused']),
    at: whole,
  }),
  /** Regular trading of an instrument is over; after-hours prices and the next day count from it. */
  z.object({ kind: z.literal('close'), bar: barRow, at: whole }),
  /** A volatility interruption began, planned to end at `endsAt`. */
  z.object({
    kind: z.literal('interruption'),
    board: z.enum(['KRX', 'NXT']),
    symbol: z.string(),
    trigger: z.enum(['static', 'dynamic']),
    triggerPrice: whole,
    referencePrice: whole,
    endsAt: whole,
    at: whole,
  }),
  /** It ended, and trading goes on from this single price. */
  z.object({
    kind: z.literal('interruption-end'),
    board: z.enum(['KRX', 'NXT']),
    symbol: z.string(),
    singlePrice: whole,
    at: whole,
  }),
  /** The console halted or released one instrument, or with null all of them; it holds until released. */
  z.object({ kind: z.literal('halt'), symbol: z.string().nullable(), isHalted: z.boolean(), at: whole }),
  /** The venue closed `date` with these bars and goes on at `next`. */
  z.object({ kind: z.literal('day'), date: z.string(), next: z.string(), bars: z.array(barRow) }),
  z.object({
    kind: z.literal('token'),
    appKey: z.string(),
    token: z.string(),
    issuedAt: whole,
    expiresAt: whole,
  }),
  z.object({ kind: z.literal('revoked'), token: z.string() }),
  z.object({ kind: z.literal('approval'), appKey: z.string(), key: z.string(), expiresAt: whole }),
  /** The console moved the market; the day keeps it over a restart. */
  z.object({ kind: z.literal('pushed'), symbol: z.string(), price: whole, at: whole }),
  ...usEvents,
  ...reservationEvents,
]);

export type VenueEvent = z.infer<typeof venueEvent>;
export type DayBarRow = z.infer<typeof barRow>;
