import type { BrokerOrder } from '#brokers/broker.ts';
import { symbolOf } from '#domain/instrument.ts';
import { cancelIfHalted } from './answers.ts';
import type { Draft } from './draft.ts';
import type { DeskEvent } from './events.ts';
import { onTotal } from './fills.ts';
import { isCandidate, lookFor } from './look-for.ts';
import { settleManual } from './manual.ts';
import { ownerOf } from './notice.ts';
import { inDoubt, isOver, isWorking } from './order-questions.ts';
import { entry } from './records.ts';
import { liveLeg, type DeskOrder } from './state.ts';

type Inquired = Extract<DeskEvent, { readonly kind: 'inquired' }>;

const cancelAttemptsMax = 5;
/** Real time the exchange gets to confirm a cancel before it is asked again. */
const cancelPatienceMs = 3_000;

/**
 * The broker's list of one day's orders, or the news that it could not be read to the end: an incomplete list proves
 * nothing and changes nothing (INV-06).
 */
export function onInquired(draft: Draft, event: Inquired): void {
  const { inquiry, date } = event;
  if (inquiry.kind === 'incomplete') return;
  const ofDay = () => [...draft.state.orders.values()].filter((order) => order.date === date);
  for (const order of ofDay()) settleTotals(draft, order, inquiry.rows, event);
  settleManual(draft, inquiry.rows, date);
  for (const order of ofDay()) lookFor(draft, order, inquiry.rows, event);
  for (const order of ofDay()) settleEnd(draft, order, inquiry.rows, event);
  reportForeign(draft, inquiry.rows, date);
  if (!draft.state.isResolved && event.isWhole && inDoubt(draft.state).length === 0) {
    draft.record(entry('gateway.resolved', { at: draft.moment.at }));
  }
}

/** Also orders that are over: the last fills before a cancel may be learned of after it. */
function settleTotals(draft: Draft, order: DeskOrder, rows: readonly BrokerOrder[], event: Inquired): void {
  for (const { brokerOrderId } of order.legs) {
    const row = rows.find((candidate) => candidate.brokerOrderId === brokerOrderId);
    const current = draft.order(order.orderId);
    const leg = current?.legs.find((candidate) => candidate.brokerOrderId === brokerOrderId);
    if (row !== undefined && leg !== undefined && current !== null) {
      onTotal(draft, current, leg, row, event.sentElapsedMs);
    }
  }
}

/** What the list says of a working order beyond its fills: rejected later, withdrawn, expired, or still there. */
function settleEnd(draft: Draft, { orderId }: DeskOrder, rows: readonly BrokerOrder[], event: Inquired): void {
  const order = draft.order(orderId);
  const { at, elapsedMs } = draft.moment;
  if (order === null || isOver(order)) return;
  if (event.isDayOver && (isWorking(order) || order.state === 'escalated')) {
    draft.record(entry('order.expired', { orderId, at }));
    return;
  }
  const leg = liveLeg(order);
  const row = rows.find((candidate) => candidate.brokerOrderId === leg?.brokerOrderId);
  if (row === undefined || !isWorking(order) || order.amend !== null) return;
  if (row.isRejected && order.filled === 0) {
    draft.record(
      entry('order.rejected', { orderId, code: 'exchange', detail: 'rejected after acceptance', at, elapsedMs }),
    );
  } else if (row.remaining === 0) {
    draft.record(entry('order.cancelled', { orderId, at }));
  } else if (order.cancel === null) cancelIfHalted(draft, orderId);
  else cancelAgain(draft, order, order.cancel, event);
}

/** A cancel that was answered before this list was asked for, and shows no effect in it, is asked for again, five times at most. */
function cancelAgain(draft: Draft, order: DeskOrder, cancel: NonNullable<DeskOrder['cancel']>, event: Inquired): void {
  if (cancel.phase === 'sending' || event.sentElapsedMs <= cancel.answeredElapsedMs + cancelPatienceMs) return;
  if (cancel.attempts < cancelAttemptsMax) draft.requestCancel(order, 'retry');
  else reportStuck(draft, order);
}

function reportStuck(draft: Draft, order: DeskOrder): void {
  const detail = `Order ${liveLeg(order)?.brokerOrderId ?? ''} is still working after ${cancelAttemptsMax} cancels`;
  if (!draft.state.incidents.some((incident) => incident.detail === detail)) draft.incident('cancel-failed', detail);
}

/**
 * An order at the broker that nobody here made halts new risk (INV-08, N02). A row that could be an order of ours on its
 * way, or one that is being looked for, is not called foreign yet; a rejected row carries no risk.
 */
function reportForeign(draft: Draft, rows: readonly BrokerOrder[], date: number): void {
  for (const row of rows) {
    if (row.isCancel || row.isRejected || isKnown(draft, row, rows, date)) continue;
    const { brokerOrderId, instrument, side, quantity } = row;
    const detail = `${symbolOf(instrument)} ${side} ${quantity}, number ${brokerOrderId}`;
    // The halt first: a crash may keep the first of these records alone, and once told the order is never told again.
    if (draft.state.halted === null)
      draft.halt('rule N02', `an order at the broker that Snowball did not make: ${detail}`);
    draft.record(entry('incident', { code: 'foreign-order', detail, brokerOrderId, at: draft.moment.at }));
  }
}

function isKnown(draft: Draft, row: BrokerOrder, rows: readonly BrokerOrder[], date: number): boolean {
  const { state } = draft;
  const key = `${date}/${row.brokerOrderId}`;
  if (state.foreign.has(key) || state.manual.has(key)) return true;
  if (ownerOf(state, row.brokerOrderId, date) !== null) return true;
  for (const day of state.archive) {
    if (day.date !== date) continue;
    for (const order of day.orders.values()) {
      if (order.legs.some((leg) => leg.brokerOrderId === row.brokerOrderId)) return true;
    }
  }
  return [...state.orders.values()].some((order) => isCandidate(draft, order, row, rows));
}
