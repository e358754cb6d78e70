import type { BrokerOrder } from '#brokers/broker.ts';
import { namesPrice } from '#domain/order.ts';
import { cancelIfHalted } from './answers.ts';
import type { Draft } from './draft.ts';
import type { DeskEvent, DeskSettings } from './events.ts';
import { enteredBy } from './entered-by.ts';
import { ownerOf } from './notice.ts';
import { isWorking } from './order-questions.ts';
import { entry } from './records.ts';
import { liveLeg, type DeskOrder, type Doubt } from './state.ts';

type Inquired = Extract<DeskEvent, { readonly kind: 'inquired' }>;

/** Absence needs this many complete inquiries in a row, spread over the quiet window (INV-06). */
const inquiriesMin = 3;
/** The broker stamps whole seconds, cut off, with its own clock, from which ours may differ by 2 s (INV-42). */
const stampedWithinMs = 1_000;
const beforeSendingMs = 2_000;
const afterTimeoutMs = 30_000;
/** After a crash the moment of the time-out is not known: at most 20 s of waiting for the rate budget and 10 s on the wire. */
const sendingMaxMs = 30_000;

/** Settles what is in doubt about one order with a complete list: found, several, absent, or one more inquiry on record. */
export function lookFor(draft: Draft, { orderId }: DeskOrder, rows: readonly BrokerOrder[], event: Inquired): void {
  const order = draft.order(orderId);
  if (order === null) return;
  if (order.state === 'unknown') lookForOrder(draft, order, rows, event);
  else if (order.state !== 'escalated' && order.amend?.phase === 'unknown') lookForAmend(draft, order, rows, event);
  else if (isWorking(order) && order.amend === null) lookForRow(draft, order, rows, event);
}

/**
 * True when `row` may be `order`: the same terms, at the right time, not entered elsewhere, while we do not know the
 * order's number. An amendment's row names the order it changes.
 */
export function isCandidate(draft: Draft, order: DeskOrder, row: BrokerOrder, rows: readonly BrokerOrder[]): boolean {
  if (order.amend !== null && row.originalId !== null) return row.originalId === liveLeg(order)?.brokerOrderId;
  if (order.legs.length > 0 || row.isCancel || row.originalId !== null) return false;
  if (order.state !== 'sending' && order.state !== 'unknown' && order.state !== 'escalated') return false;
  if (!hasSameTerms(order, row) || !isInWindow(order, row, draft.settings)) return false;
  return enteredBy(draft.state, row, rows, order.date) !== 'other';
}

/** True when the row has what the order asked for. */
export function hasSameTerms({ request }: DeskOrder, row: BrokerOrder): boolean {
  const { instrument, side, quantity, price, type } = request;
  const isSame = row.instrument === instrument && row.side === side && row.quantity === quantity;
  return isSame && (!namesPrice(type) || row.price === price);
}

function isInWindow(order: DeskOrder, row: BrokerOrder, { speed }: DeskSettings): boolean {
  if (order.sendingAt === null) return false;
  const sentMs = Temporal.Instant.from(order.sendingAt).epochMilliseconds;
  const latestMs = sentMs + (sendingMaxMs + afterTimeoutMs) * speed;
  const lostMs = order.doubt === null ? latestMs : Temporal.Instant.from(order.doubt.since).epochMilliseconds;
  const orderedMs = row.orderedAt.epochMilliseconds;
  return (
    // Stamped with the second in which it was taken: it may have been taken at the end of that second.
    orderedMs + stampedWithinMs > sentMs - beforeSendingMs * speed &&
    orderedMs <= Math.min(latestMs, lostMs + afterTimeoutMs * speed)
  );
}

function lookForOrder(draft: Draft, order: DeskOrder, rows: readonly BrokerOrder[], event: Inquired): void {
  const { orderId } = order;
  const { at, elapsedMs } = draft.moment;
  const candidates = rows.filter((row) => isUnclaimed(draft, row, event.date) && isCandidate(draft, order, row, rows));
  const [found] = candidates;
  if (found !== undefined && (candidates.length > 1 || enteredBy(draft.state, found, rows, order.date) !== 'us')) {
    draft.record(entry('order.escalated', { orderId, candidates: candidates.length, at }));
    draft.incident(
      'order-escalated',
      `${candidates.length} orders at the broker could be ours or a person's; a person must decide`,
    );
  } else if (found === undefined) {
    const isAbsent = countInquiry(draft, order, event);
    if (isAbsent) draft.record(entry('order.confirmed-absent', { orderId, ...spanOf(order, event), at }));
  } else if (found.isRejected) {
    const { brokerOrderId } = found;
    // With its number: the row is spent, and tells nothing of the next order with the same terms.
    draft.record(
      entry('order.rejected', { orderId, code: 'found', detail: 'found rejected', brokerOrderId, at, elapsedMs }),
    );
  } else {
    const { brokerOrderId, forwardingOffice } = found;
    draft.record(entry('order.acked', { orderId, brokerOrderId, forwardingOffice, source: 'inquiry', at, elapsedMs }));
    settleFound(draft, orderId);
  }
}

/** Its fills are read from the next list, which is asked for at once. */
function settleFound(draft: Draft, orderId: DeskOrder['orderId']): void {
  cancelIfHalted(draft, orderId);
  draft.effect({ kind: 'inquire' });
}

function lookForAmend(draft: Draft, order: DeskOrder, rows: readonly BrokerOrder[], event: Inquired): void {
  const { orderId, amend } = order;
  const { at, elapsedMs } = draft.moment;
  if (amend === null) return;
  const original = liveLeg(order)?.brokerOrderId;
  const candidates = rows.filter(
    (row) => row.originalId === original && !row.isCancel && !row.isRejected && isUnclaimed(draft, row, event.date),
  );
  const [found] = candidates;
  const answer = { orderId, detail: 'inquiry', at, elapsedMs };
  if (candidates.length > 1) {
    draft.record(entry('order.escalated', { orderId, candidates: candidates.length, at }));
    draft.incident(
      'order-escalated',
      `${candidates.length} amendments at the broker could be ours; a person must decide`,
    );
  } else if (found !== undefined) {
    const { brokerOrderId, forwardingOffice, price, quantity } = found;
    draft.record(
      entry('order.amend-answered', {
        ...answer,
        outcome: 'accepted',
        brokerOrderId,
        forwardingOffice,
        price,
        quantity,
      }),
    );
    settleFound(draft, orderId);
  } else if (countInquiry(draft, order, event)) {
    const absent = { outcome: 'absent', brokerOrderId: null, forwardingOffice: '' } as const;
    draft.record(entry('order.amend-answered', { ...answer, ...absent, price: amend.price, quantity: amend.quantity }));
  }
}

/** An acknowledged order must be in the list. One that stays away as long as absence takes is a person's matter. */
function lookForRow(draft: Draft, order: DeskOrder, rows: readonly BrokerOrder[], event: Inquired): void {
  const { orderId } = order;
  const { at } = draft.moment;
  const isThere = rows.some((row) => row.brokerOrderId === liveLeg(order)?.brokerOrderId);
  if (isThere && order.doubt !== null) draft.record(entry('order.seen', { orderId, at }));
  if (isThere || event.sentElapsedMs <= order.ackedElapsedMs || !countInquiry(draft, order, event)) return;
  draft.record(entry('order.escalated', { orderId, candidates: 0, at }));
  draft.incident('order-vanished', 'An order the broker had accepted is not in its list any more');
}

/** Records one more complete inquiry without a trace; true when together they prove absence. */
function countInquiry(draft: Draft, order: DeskOrder, event: Inquired): boolean {
  const { at, elapsedMs } = draft.moment;
  const { orderId, doubt } = order;
  const { sentElapsedMs } = event;
  // A list asked for before the doubt began, or before the one counted last was answered, proves nothing new.
  if (doubt !== null && sentElapsedMs <= doubt.sinceElapsedMs) return false;
  draft.record(entry('order.inquiry', { orderId, candidates: 0, sentElapsedMs, answeredElapsedMs: elapsedMs, at }));
  const counted = draft.order(orderId)?.doubt ?? null;
  return counted !== null && isProven(counted, sentElapsedMs, draft.settings);
}

/** From the answer to the first inquiry to the sending of the last: any moment between was covered. */
function isProven(doubt: Doubt, sentElapsedMs: number, { quietWindowMs }: DeskSettings): boolean {
  if (doubt.inquiries < inquiriesMin || doubt.firstAnsweredElapsedMs === null) return false;
  return sentElapsedMs - doubt.firstAnsweredElapsedMs >= quietWindowMs;
}

function spanOf(order: DeskOrder, event: Inquired): { readonly inquiries: number; readonly spanMs: number } {
  const first = order.doubt?.firstAnsweredElapsedMs ?? event.sentElapsedMs;
  return { inquiries: (order.doubt?.inquiries ?? 0) + 1, spanMs: Math.max(0, event.sentElapsedMs - first) };
}

/** True when the row is nobody's yet: neither an order's, nor a person's, nor told as foreign. */
export function isUnclaimed(draft: Draft, row: BrokerOrder, date: number): boolean {
  const key = `${date}/${row.brokerOrderId}`;
  const { state } = draft;
  return ownerOf(state, row.brokerOrderId, date) === null && !state.foreign.has(key) && !state.manual.has(key);
}
