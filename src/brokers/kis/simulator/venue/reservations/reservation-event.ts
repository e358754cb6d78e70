import { z } from 'zod';

const environment = z.enum(['paper', 'real']);
const whole = z.number().int();

const wish = {
  symbol: z.string(),
  side: z.enum(['buy', 'sell']),
  /** `ORD_DVSN_CD`. */
  division: z.string(),
  price: whole,
  quantity: whole,
};

/** Lines of the venue's log about reservation orders: amounts in won, times epoch milliseconds, dates Seoul's. */
export const reservationEvents = [
  z.object({
    kind: z.literal('reserved'),
    environment,
    seq: whole,
    ...wish,
    /** First trading day on which it becomes an order. */
    from: z.string(),
    /** Last day on which it does; equal to `from` unless it is a period order. */
    until: z.string(),
    isPeriod: z.boolean(),
    at: whole,
  }),
  z.object({ kind: z.literal('reservation-amended'), environment, seq: whole, ...wish, until: z.string(), at: whole }),
  z.object({ kind: z.literal('reservation-cancelled'), environment, seq: whole, at: whole }),
  /** It became the order `number` on `date`, or was refused then; written together with the order. */
  z.object({
    kind: z.literal('reservation-run'),
    environment,
    seq: whole,
    date: z.string(),
    number: whole.nullable(),
    refusal: z.string().nullable(),
    at: whole,
  }),
] as const;

export type ReservationEvent = z.infer<(typeof reservationEvents)[number]>;
