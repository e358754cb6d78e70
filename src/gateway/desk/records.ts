import { z } from 'zod';
import { Halt } from '#domain/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId, OrderId } from '#domain/order.ts';
import { limitNames } from '#guard/limits.ts';
import { quantity, type Quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';

/** Instants are ISO 8601 of the market's clock; `elapsedMs` counts real milliseconds since the gateway's start. */
const at = z.iso.datetime({ offset: true });
const elapsedMs = z.number().nonnegative();
const wholeWon = z.custom<Won>((value) => Number.isSafeInteger(value));
const shares = z.custom<Quantity>((value) => Number.isSafeInteger(value) && Number(value) >= 0);
const orderId = z.custom<OrderId>((value) => typeof value === 'string' && value.length > 0);
const brokerOrderId = z.custom<BrokerOrderId>((value) => typeof value === 'string' && value.length > 0);
const instrument = z.custom<InstrumentId>((value) => typeof value === 'string' && /^KRX:[0-9][0-9A-Z]{5}$/.test(value));
const text = z.string();
const outcome = z.enum(['accepted', 'rejected', 'not-sent', 'unknown', 'absent']);
const orderTypes = z.enum(['limit', 'market', 'conditional-limit', 'best', 'priority', 'mid', 'stop-limit']);
const orderVenues = z.enum(['KRX', 'NXT', 'SOR']);
const orderSessions = z.enum(['regular', 'pre-hours-close', 'after-hours-close', 'after-market', 'pre-market']);
const source = z.enum(['answer', 'notice', 'inquiry']);

const requester = z.union([
  z.strictObject({ kind: z.literal('strategy'), name: text }),
  z.strictObject({ kind: z.literal('person'), via: z.enum(['web', 'cli']) }),
]);

const request = z.strictObject({
  requestId: text,
  requester,
  instrument,
  side: z.enum(['buy', 'sell']),
  type: orderTypes,
  timeInForce: z.enum(['day', 'ioc', 'fok']),
  quantity: shares,
  price: wholeWon,
  /** Absent in what was written before there was a choice, and in plain orders: KRX, regular session, no stop price. */
  venue: z.exactOptional(orderVenues),
  session: z.exactOptional(orderSessions),
  stopPrice: z.exactOptional(wholeWon),
  reason: text,
});

/** A guard check with NaN written as null. */
const check = z.strictObject({
  code: text,
  actual: z.number().nullable(),
  limit: z.number().nullable(),
  unit: text,
  passed: z.boolean(),
});

const position = z.strictObject({ instrument, quantity: shares, cost: wholeWon });
const judged = z.strictObject({ orderId, request, checks: z.array(check), at });
const books = { at, cash: wholeWon, equity: wholeWon, positions: z.array(position) };
/** `quantity`: shares ordered, or shares that filled. `date`: yyyymmdd, since numbers repeat from day to day. */
const manualTerms = { date: z.int(), instrument, side: z.enum(['buy', 'sell']), quantity: shares };
const answer = { orderId, outcome, brokerOrderId: brokerOrderId.nullable(), detail: text, at, elapsedMs };

/** Every kind of record the desk writes, and the shape of its body. The set is closed. */
const bodies = {
  'gateway.started': z.strictObject({ build: text, environment: text, at }),
  /** Nothing is in doubt any more since the start: new orders may come. */
  'gateway.resolved': z.strictObject({ at }),
  'order.denied': judged,
  'order.intent': judged,
  'order.sending': z.strictObject({ orderId, at, elapsedMs }),
  'order.acked': z.strictObject({ orderId, brokerOrderId, forwardingOffice: text, source, at, elapsedMs }),
  'order.rejected': z.strictObject({
    orderId,
    code: text,
    detail: text,
    /** Of the row in the broker's list that says so; absent when an answer did, and in what was written before. */
    brokerOrderId: z.exactOptional(brokerOrderId),
    at,
    elapsedMs,
  }),
  'order.not-sent': z.strictObject({ orderId, cause: text, at }),
  'order.unknown': z.strictObject({ orderId, cause: text, isOurCrash: z.boolean(), at, elapsedMs }),
  /** One complete inquiry that did not settle the doubt about an order. */
  'order.inquiry': z.strictObject({
    orderId,
    candidates: z.int(),
    sentElapsedMs: elapsedMs,
    answeredElapsedMs: elapsedMs,
    at,
  }),
  'order.confirmed-absent': z.strictObject({ orderId, inquiries: z.int(), spanMs: elapsedMs, at }),
  'order.escalated': z.strictObject({ orderId, candidates: z.int(), at }),
  /** A row that was missing in the broker's list is there again. */
  'order.seen': z.strictObject({ orderId, at }),
  /** A person says under which number the broker has an escalated order, or (null) that it has none. */
  'order.settled': z.strictObject({
    orderId,
    found: z
      .strictObject({
        brokerOrderId,
        forwardingOffice: text,
        price: wholeWon,
        quantity: shares,
        isRejected: z.boolean(),
      })
      .nullable(),
    by: text,
    at,
    elapsedMs,
  }),
  /** A person asks to look again for an escalated order. */
  'order.reopened': z.strictObject({ orderId, at }),
  /** `quantity` counts; `noticed` came by push and may have been counted from an inquiry before. */
  'order.filled': z.strictObject({
    orderId,
    brokerOrderId,
    quantity: shares,
    value: wholeWon,
    noticed: shares,
    noticeKey: text,
    fee: wholeWon,
    tax: wholeWon,
    source,
    at,
    elapsedMs,
  }),
  'order.cancel-requested': z.strictObject({ orderId, by: text, attempt: z.int(), at }),
  'order.cancel-answered': z.strictObject(answer),
  'order.cancelled': z.strictObject({ orderId, at }),
  'order.expired': z.strictObject({ orderId, at }),
  'order.amend-requested': z.strictObject({
    orderId,
    price: wholeWon,
    quantity: shares,
    checks: z.array(check),
    at,
    elapsedMs,
  }),
  'order.amend-answered': z.strictObject({ ...answer, forwardingOffice: text, price: wholeWon, quantity: shares }),
  'day.opened': z.strictObject({ date: z.int(), ...books }),
  /** The broker's books differ from ours without an order of ours: theirs are taken over. */
  'day.rebased': z.strictObject({ reason: text, ...books }),
  /** A person says that an order at the broker is their own, made elsewhere, or is about to be. */
  'manual.declared': z.strictObject({ ...manualTerms, brokerOrderId: brokerOrderId.nullable(), by: text, at }),
  /** The broker's list shows it. */
  'manual.adopted': z.strictObject({ ...manualTerms, brokerOrderId, at }),
  'manual.filled': z.strictObject({
    ...manualTerms,
    brokerOrderId,
    value: wholeWon,
    fee: wholeWon,
    tax: wholeWon,
    at,
  }),
  /** A person set a limit; a looser one takes effect later (INV-12). */
  'limit.changed': z.strictObject({
    id: text,
    scope: z.enum(['account', 'strategy', 'symbol']),
    subject: text,
    name: z.enum(limitNames),
    value: z.number().int().nonnegative(),
    effectiveAt: at,
    by: text,
    at,
  }),
  'limit.profile': z.strictObject({
    id: text,
    profile: z.enum(['starter', 'standard']),
    effectiveAt: at,
    by: text,
    at,
  }),
  /** A person let these kinds of order out, instead of whatever was granted before. */
  'permits.granted': z.strictObject({
    id: text,
    types: z.array(orderTypes),
    sessions: z.array(orderSessions),
    venues: z.array(orderVenues),
    effectiveAt: at,
    by: text,
    at,
  }),
  /** What still waited under this id is not to happen. */
  'limit.withdrawn': z.strictObject({ id: text, by: text, at }),
  /** A person put a stock on the list of those that may be bought, or took it off. */
  'universe.changed': z.strictObject({ instrument, isListed: z.boolean(), by: text, at }),
  /** The strategy adds no risk until a person lets it. */
  'strategy.halted': z.strictObject({ strategy: text, by: text, reason: text, at }),
  'strategy.resumed': z.strictObject({ strategy: text, by: text, at }),
  /** A person says that this refused order is meant: its like may pass once. */
  'terms.confirmed': z.strictObject({ orderId, by: text, at }),
  halt: z.strictObject({ by: text, reason: text, at }),
  resume: z.strictObject({ by: text, at }),
  incident: z.strictObject({ code: text, detail: text, brokerOrderId: brokerOrderId.nullable(), at }),
  /** Of the watchdog, of a person who tries the channels, or the head of the journal on its way outside. */
  'alert.raised': z.strictObject({ id: text, code: text, by: text, line: text.nullable(), at }),
  /** What became of an alert in one channel. */
  'alert.delivered': z.strictObject({
    id: text,
    channel: text,
    outcome: z.enum(['delivered', 'failed']),
    detail: text,
    at,
  }),
  'alert.acknowledged': z.strictObject({ id: text, by: text, at }),
  login: z.strictObject({ outcome: text, method: text, at }),
  /** Which vault was opened at this start, so that an older one in its place is noticed at the next. */
  'vault.seen': z.strictObject({ id: text, generation: z.int().positive(), at }),
} as const;

export type RecordKind = keyof typeof bodies;
export type RecordBody<Kind extends RecordKind> = z.infer<(typeof bodies)[Kind]>;
/** What the desk writes and folds. */
export type DeskRecord = {
  readonly [Kind in RecordKind]: { readonly kind: Kind; readonly body: RecordBody<Kind> };
}[RecordKind];
export type CheckRow = z.infer<typeof check>;
export type JournaledRequest = RecordBody<'order.intent'>['request'];
export type RequestOutcome = z.infer<typeof outcome>;

/** Makes a record in one expression with its body checked by the compiler. */
export function entry<Kind extends RecordKind>(kind: Kind, body: RecordBody<Kind>): DeskRecord {
  return { kind, body } as unknown as DeskRecord;
}

/**
 * Reads a record of the journal; what stands on disk is input like any other.
 *
 * @throws Halt `journal.unreadable` for a kind or a shape that this build does not know
 */
export function decodeRecord(record: {
  readonly sequence: number;
  readonly kind: string;
  readonly body: string;
}): DeskRecord {
  if (!isKind(record.kind)) throw unreadable(record, 'its kind is unknown to this build');
  const body = bodies[record.kind].safeParse(parse(record));
  if (!body.success) throw unreadable(record, `${body.error.issues[0]?.path.join('.') ?? 'body'} has the wrong shape`);
  // The schema of this very kind has just read the body.
  return { kind: record.kind, body: body.data } as DeskRecord;
}

function isKind(kind: string): kind is RecordKind {
  return Object.hasOwn(bodies, kind);
}

function parse(record: { readonly sequence: number; readonly kind: string; readonly body: string }): unknown {
  try {
    return JSON.parse(record.body);
  } catch (cause) {
    throw unreadable(record, 'its body is not JSON', cause);
  }
}

function unreadable(
  record: { readonly sequence: number; readonly kind: string },
  found: string,
  cause?: unknown,
): Halt {
  return new Halt('journal.unreadable', `Cannot fold record ${record.sequence} "${record.kind}": ${found}`, { cause });
}

export const noShares = quantity(0);
export const noWon = won(0);
