import type { BrokerOrder } from '#brokers/broker.ts';
import type { Fill } from '#domain/fill.ts';
import { quantity } from '#domain/quantity.ts';
import { orderValue, won, type Won } from '#domain/won.ts';
import type { Draft } from './draft.ts';
import { fillCosts } from './fill-costs.ts';
import { entry, type RecordBody } from './records.ts';
import type { DeskOrder, Leg } from './state.ts';

/** A push and the list it races may differ by this much real time before the list is called wrong. */
const visibilityMs = 5_000;

/**
 * One fill by push. Pushes may come twice, late, out of order or never, and carry no number of their own: an exact
 * repeat is not counted but looked up, shares an inquiry has counted already are not counted again, and more shares
 * than the order has left are an incident. The broker's list, asked for after every push, is the truth.
 */
export function onFill(draft: Draft, order: DeskOrder, leg: Leg, fill: Fill): void {
  draft.effect({ kind: 'inquire' });
  const noticeKey = `${fill.at.toString()}/${fill.price}/${fill.quantity}`;
  if (leg.noticeKeys.includes(noticeKey)) return;
  // Not by the time of the push: the broker's clock and ours differ, and shares counted twice are never taken back,
  // while shares not counted here stand in the list that is asked for now.
  const known = Math.min(leg.ahead, fill.quantity);
  const counted = quantity(fill.quantity - known);
  if (leg.filled + counted > leg.quantity) {
    draft.incident(
      'fill-excess',
      `A push reports ${fill.quantity} shares where ${leg.quantity - leg.filled} were left`,
    );
    return;
  }
  const value = orderValue(fill.price, counted);
  draft.record(filledRecord(draft, { order, leg, quantity: counted, value, noticed: fill.quantity, noticeKey }));
}

/** Cumulative shares of a leg in the broker's list: more than we know are fills whose pushes are missing or late. */
export function onTotal(draft: Draft, order: DeskOrder, leg: Leg, row: BrokerOrder, sentElapsedMs: number): void {
  if (row.filled > leg.quantity) {
    draft.incident('fill-excess', `The broker's list shows ${row.filled} filled shares of an order of ${leg.quantity}`);
    if (draft.state.halted === null) draft.halt('rule INV-07', 'more shares filled than were ordered');
  }
  const total = Math.min(row.filled, leg.quantity);
  if (total < leg.filled) {
    const isSettled = sentElapsedMs > leg.lastNoticeElapsedMs + visibilityMs;
    const detail = `The broker's list shows fewer filled shares than its pushes did for order ${leg.brokerOrderId}`;
    const isTold = draft.state.incidents.some((incident) => incident.detail === detail);
    if (isSettled && !isTold) tellMissing(draft, detail);
    return;
  }
  if (total === leg.filled) return;
  const more = quantity(total - leg.filled);
  const value = valueOfMore(row, leg, total);
  draft.record(filledRecord(draft, { order, leg, quantity: more, value, noticed: quantity(0), noticeKey: '' }));
}

/**
 * A fill that was taken back, or one that never was: our books hold what the account does not, so new risk waits for a
 * person. The halt first: a crash may keep the first record alone, and once told it is never told again.
 */
function tellMissing(draft: Draft, detail: string): void {
  if (draft.state.halted === null) draft.halt('rule INV-07', detail);
  draft.incident('fill-missing', detail);
}

/** The list's average times its shares, less what we have counted; the average is rounded, so this may be off by a few won. */
function valueOfMore(row: BrokerOrder, leg: Leg, total: number): Won {
  const value = row.fillPriceAverage * total - leg.filledValue;
  return won(value > 0 ? value : row.fillPriceAverage * (total - leg.filled));
}

function filledRecord(
  draft: Draft,
  fill: {
    readonly order: DeskOrder;
    readonly leg: Leg;
    readonly quantity: RecordBody<'order.filled'>['quantity'];
    readonly value: Won;
    readonly noticed: RecordBody<'order.filled'>['noticed'];
    readonly noticeKey: string;
  },
) {
  const { order, leg, quantity: shares, value, noticed, noticeKey } = fill;
  const { at, elapsedMs } = draft.moment;
  const { instrument, side } = order.request;
  return entry('order.filled', {
    orderId: order.orderId,
    brokerOrderId: leg.brokerOrderId,
    quantity: shares,
    value,
    noticed,
    noticeKey,
    ...fillCosts({ instrument, side, value, at }),
    source: noticeKey === '' ? 'inquiry' : 'notice',
    at,
    elapsedMs,
  });
}
