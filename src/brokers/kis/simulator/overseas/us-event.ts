import { z } from 'zod';

const environment = z.enum(['paper', 'real']);
const whole = z.number().int();

/**
 * What the simulated broker may never forget of its US market, lines of the venue's log. Money is in 1/10,000 dollar,
 * times are epoch milliseconds, dates are New York's.
 */
export const usEvents = [
  /** A number was given out: a new order, an amendment or a cancellation. */
  z.object({
    kind: z.literal('us-order'),
    environment,
    number: whole,
    original: whole.nullable(),
    action: z.enum(['new', 'amend', 'cancel']),
    symbol: z.string(),
    side: z.enum(['buy', 'sell']),
    division: z.string(),
    price: whole,
    quantity: whole,
    at: whole,
    date: z.string(),
  }),
  /** Fee and settlement day stand in the event, so that a later change of the tables changes no past fill. */
  z.object({
    kind: z.literal('us-fill'),
    environment,
    number: whole,
    price: whole,
    quantity: whole,
    fee: whole,
    at: whole,
    date: z.string(),
    settles: z.string(),
  }),
  /** Shares of an order that can no longer trade. */
  z.object({
    kind: z.literal('us-closed'),
    environment,
    number: whole,
    quantity: whole,
    reason: z.enum(['cancelled', 'amended', 'expired']),
    at: whole,
  }),
] as const;

export type UsEvent = z.infer<(typeof usEvents)[number]>;
