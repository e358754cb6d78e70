import { z } from 'zod';
import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { instrumentView, orderState } from '#link/views.ts';
import { waitingState } from '../waiting/waiting-state.ts';

/** What this version writes; a file of another is not replayed. */
export const dayFormat = 1;

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const price = count.min(1).transform(won);
const instrument = z
  .string()
  .regex(/^KRX:[0-9][0-9A-Z]{5}$/)
  .transform((id): InstrumentId => instrumentId(id.slice(4)));
const side = z.enum(['buy', 'sell']);
const requestId = z.string().min(1).max(80);
const bar = z.strictObject({
  startsAtMs: z.number(),
  date: count,
  open: price,
  high: price,
  low: price,
  close: price,
  volume: z.number(),
});
const refusal = z.string().nullable();
/** Epoch milliseconds of the market when it happened. */
const at = count;

/** What the strategy itself was shown. */
const shown = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bar'), instrument, bar, isWarmUp: z.boolean() }),
  z.strictObject({ kind: z.literal('close'), date: count }),
  z.strictObject({
    kind: z.literal('order'),
    update: z.strictObject({ requestId, instrument, side, state: orderState, filled: count, code: refusal }),
  }),
]);

const facts = z.strictObject({
  cash: count.exactOptional(),
  equity: z.int().exactOptional(),
  orderValueMax: count.exactOptional(),
  collarBps: count.exactOptional(),
  quotes: z
    .array(z.strictObject({ instrument, price: count, basePrice: count, baseDate: count.exactOptional() }))
    .exactOptional(),
  confirmedAtMs: z.number().nullable().exactOptional(),
  shares: z
    .array(z.strictObject({ instrument, quantity: count }))
    .nullable()
    .exactOptional(),
});

/** One line of a recorded day: everything that reached the room of a strategy, in the order in which it did. */
export const dayEvent = z.discriminatedUnion('kind', [
  /** A process began; `barStartsAtMs` is what the log names until a bar is shown, `fingerprint` of what the strategy was made. */
  z.strictObject({
    kind: z.literal('open'),
    at,
    format: z.int(),
    strategy: z.string(),
    interval: z.enum(['1m', '1d']),
    requestPrefix: z.string(),
    fingerprint: z.string(),
    barStartsAtMs: count,
    instruments: z.array(instrumentView),
  }),
  /** The record of orders was read, and what waited was compared with it. */
  z.strictObject({
    kind: z.literal('resumed'),
    at,
    waiting: z.unknown().transform(waitingState),
    unsent: z.array(z.strictObject({ requestId, instrument })),
    unrecorded: z.array(instrument),
  }),
  z.strictObject({ kind: z.literal('facts'), at, facts }),
  /** The gateway's word on one order, which the strategy need not hear of. */
  z.strictObject({
    kind: z.literal('news'),
    at,
    order: z.strictObject({
      requestId,
      instrument,
      side,
      quantity: count,
      filled: count,
      filledValue: count,
      state: orderState,
      code: refusal,
      lastFillMs: count,
      isConfirmed: z.boolean(),
    }),
  }),
  z.strictObject({ kind: z.literal('shown'), at, shown }),
  /** A strategy of another process has answered what it was shown last; what it asked for was done now. */
  z.strictObject({ kind: z.literal('answered'), at }),
  /** A trade that waiting orders were shown; `atMs` is its own stamp. */
  z.strictObject({ kind: z.literal('price'), at, instrument, price: count, atMs: z.number() }),
  z.strictObject({ kind: z.literal('closing-auction'), at }),
  /** Said by the house in the log, not by the strategy. */
  z.strictObject({ kind: z.literal('note'), at, instrument, message: z.string() }),
  /** The strategy failed or was stopped. */
  z.strictObject({ kind: z.literal('over'), at }),
  /** The day was longer than its file may be. */
  z.strictObject({ kind: z.literal('cut'), at }),
]);

export type DayEvent = z.infer<typeof dayEvent>;
/** As it is written: amounts are plain numbers there. */
export type DayLine = z.input<typeof dayEvent>;
