import { z } from 'zod';
import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft } from '#strategy/strategy.ts';
import type { TriggerState } from '#strategy/triggers/trigger-state.ts';
import { watchedMax } from '#strategy/triggers/trigger-book.ts';

/** An order that woke and of which the gateway has said nothing yet. */
export interface LeavingOrder {
  readonly requestId: string;
  /** As it woke: without trigger and group, and before its market price was turned into a limit. */
  readonly draft: OrderDraft;
  /** Market day on which it woke, yyyymmdd. */
  readonly date: number;
}

/** What the waiting orders of one strategy need to go on after a restart. */
export interface WaitingState {
  /** Market day that was begun last, yyyymmdd; 0 before the first. */
  readonly date: number;
  /** The day whose closing auction has been told, yyyymmdd. */
  readonly closedOn: number;
  readonly leaving: readonly LeavingOrder[];
  readonly triggers: TriggerState;
}

/** @throws {z.ZodError} for a field that is missing, unknown, of another kind or at odds with another */
export function waitingState(value: unknown): WaitingState {
  return schema.parse(value);
}

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** Longer than the gateway takes, which is what refuses them. */
const requestId = z.string().min(1).max(80);
const price = count.min(1).transform(won);
const priceOrNull = count.min(1).nullable();
const day = z.union([z.literal(0), count.min(19_000_101).max(99_991_231)]);
const basisPoints = count.min(1).max(10_000);
const instrument = z
  .string()
  .regex(/^KRX:[0-9][0-9A-Z]{5}$/)
  .transform((id): InstrumentId => instrumentId(id.slice(4)));

const trigger = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stop'), price }),
  z.strictObject({ kind: z.literal('target'), price }),
  z.strictObject({ kind: z.literal('trailing'), distanceBps: basisPoints }),
]);

const wait = z.union([trigger, z.strictObject({ kind: z.enum(['open', 'close']) })]);

const draft = z.strictObject({
  instrument,
  side: z.enum(['buy', 'sell']),
  quantity: count.min(1).transform(quantity),
  price,
  reason: z.string().max(100_000),
  pricing: z.enum(['limit', 'market', 'market-on-open', 'market-on-close']).exactOptional(),
  trigger: trigger.exactOptional(),
  goodTill: day.exactOptional(),
  group: z.string().exactOptional(),
  exits: z
    .strictObject({
      stopPrice: price.exactOptional(),
      targetPrice: price.exactOptional(),
      trailingBps: basisPoints.exactOptional(),
    })
    .exactOptional(),
});

const watched = z.strictObject({
  requestId,
  draft,
  wait,
  extreme: priceOrNull,
  set: z.string().nullable(),
  exitOf: requestId.nullable(),
  isLive: z.boolean(),
  notBeforeMs: count,
});

const bracket = z
  .strictObject({
    entryId: requestId,
    entry: draft,
    extreme: priceOrNull,
    bought: count,
    sold: count,
    isEntryOver: z.boolean(),
    attempts: count,
    attemptsOfSession: count,
    working: z.strictObject({ requestId, filled: count }).nullable(),
  })
  .refine(({ entry }) => entry.side === 'buy' && entry.exits !== undefined, 'wanted a buy with exits')
  .refine(({ entry, bought }) => bought <= entry.quantity, 'more was bought than asked for');

const triggers = z
  .strictObject({
    date: day,
    nowMs: count,
    bothInOneBar: count,
    watched: z.array(watched),
    brackets: z.array(bracket),
    lasting: z.array(z.strictObject({ requestId, draft })),
    // Absent in files of versions that knew no splits.
    lastPrices: z
      .array(z.strictObject({ instrument, price: count.min(1), date: day, atMs: count.nullable() }))
      .exactOptional(),
    held: z.array(requestId).exactOptional(),
  })
  .refine(hasEachOnce, 'wanted each order once')
  .refine(
    ({ watched: orders }) => orders.filter((order) => order.exitOf === null).length <= watchedMax,
    'too many wait',
  )
  .refine(
    ({ watched: orders, brackets }) =>
      orders.every(({ exitOf }) => exitOf === null || brackets.some(({ entryId }) => entryId === exitOf)),
    'an exit without its entry',
  );

const schema = z.strictObject({
  date: day,
  closedOn: day,
  leaving: z.array(z.strictObject({ requestId, draft, date: day })),
  triggers,
});

function hasEachOnce({ watched: orders, brackets }: Pick<TriggerState, 'watched' | 'brackets'>): boolean {
  const ids = orders.map((order) => order.requestId);
  const entries = brackets.map(({ entryId }) => entryId);
  return new Set(ids).size === ids.length && new Set(entries).size === entries.length;
}
