import type { BrokerOrder } from '#brokers/broker.ts';
import { FixConfiguration } from '#domain/errors.ts';
import type { OrderId } from '#domain/order.ts';
import { cancelIfHalted } from './answers.ts';
import { manualKey } from './apply-manual.ts';
import type { Draft } from './draft.ts';
import type { DeskEvent } from './events.ts';
import { hasSameTerms, isCandidate, isUnclaimed } from './look-for.ts';
import { ownerOf } from './notice.ts';
import { entry } from './records.ts';
import { liveLeg, type DeskOrder } from './state.ts';

type Settle = Extract<DeskEvent, { readonly kind: 'settle' }>;

/**
 * A person says what the broker's own screen shows of an order that the records could not settle: the number that it has
 * there, or that there is none. Their word is held against a complete list that was read for it, written down with who
 * said so, and opens the lane.
 *
 * @throws FixConfiguration `order.not-found`, `order.not-escalated`, `order.settle-refused`
 */
export function onSettle(draft: Draft, { orderId, brokerOrderId, rows, by }: Settle): OrderId {
  const order = draft.order(orderId);
  if (order === null) {
    throw new FixConfiguration('order.not-found', `Cannot settle the order "${orderId}": there is none with this id`);
  }
  if (order.state !== 'escalated') throw notEscalated(order);
  const { at, elapsedMs } = draft.moment;
  const row = brokerOrderId === null ? null : rows.find((each) => each.brokerOrderId === brokerOrderId);
  if (row === null) mustBeAbsent(draft, order, rows);
  else if (row === undefined || !isAdoptable(draft, order, row)) {
    throw refused(order, `the broker's list has no such order under number ${brokerOrderId ?? ''}`);
  }
  draft.record(entry('order.settled', { orderId, found: row === null ? null : foundOf(row), by, at, elapsedMs }));
  if (row !== null) cancelIfHalted(draft, orderId);
  // Fills of what was adopted are read from the next list, and whatever else looks like it is somebody else's now.
  draft.effect({ kind: 'inquire' });
  return orderId;
}

function foundOf({ brokerOrderId, forwardingOffice, price, quantity, isRejected }: BrokerOrder) {
  return { brokerOrderId, forwardingOffice, price, quantity, isRejected };
}

/** The order under the number it has, or its one amendment; of an order without a number any row of its terms that nobody owns. */
function isAdoptable(draft: Draft, order: DeskOrder, row: BrokerOrder): boolean {
  if (row.isCancel) return false;
  const live = liveLeg(order);
  if (live !== null) return row.brokerOrderId === live.brokerOrderId || isAmendment(draft, order, row);
  const { state } = draft;
  const isTaken =
    ownerOf(state, row.brokerOrderId, order.date) !== null || state.manual.has(manualKey({ ...order, ...row }));
  return !isTaken && row.originalId === null && hasSameTerms(order, row);
}

function isAmendment(draft: Draft, order: DeskOrder, row: BrokerOrder): boolean {
  const { amend } = order;
  if (amend === null || row.isRejected || row.isCancel || row.originalId !== liveLeg(order)?.brokerOrderId)
    return false;
  return row.price === amend.price && row.quantity === amend.quantity && isUnclaimed(draft, row, order.date);
}

/** None is not believed while a row could be the order, nor before the broker had the time to show it (INV-06). */
function mustBeAbsent(draft: Draft, order: DeskOrder, rows: readonly BrokerOrder[]): void {
  const candidate = rows.find((row) => couldBe(draft, order, row, rows));
  if (candidate !== undefined) {
    throw refused(
      order,
      `number ${candidate.brokerOrderId} at the broker could be it; adopt it, or declare it as yours`,
    );
  }
  if (order.legs.length > 0 || order.sendingAt === null) return;
  const { quietWindowMs, speed } = draft.settings;
  const sinceMs = Temporal.Instant.from(order.sendingAt).until(draft.moment.at).total('milliseconds');
  if (sinceMs < quietWindowMs * speed) {
    throw refused(order, `it was sent ${Math.round(sinceMs / 1_000)} s ago, and the broker may show it yet`);
  }
}

function couldBe(draft: Draft, order: DeskOrder, row: BrokerOrder, rows: readonly BrokerOrder[]): boolean {
  const live = liveLeg(order);
  if (live !== null && row.brokerOrderId === live.brokerOrderId) return true;
  if (live !== null) return isAmendment(draft, order, row);
  return isUnclaimed(draft, row, order.date) && isCandidate(draft, order, row, rows);
}

function notEscalated({ orderId, state }: DeskOrder): FixConfiguration {
  return new FixConfiguration(
    'order.not-escalated',
    `Cannot settle the order "${orderId}": it is ${state}, wanted one that waits for a person`,
  );
}

function refused({ orderId }: DeskOrder, found: string): FixConfiguration {
  return new FixConfiguration(
    'order.settle-refused',
    `Cannot settle the order "${orderId}" like this: ${found}; wanted what the broker's own screen shows`,
  );
}
