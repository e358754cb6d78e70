import { FixConfiguration, RetryLater } from '#domain/errors.ts';
import { sessionOf, venueOf, type OrderId, type OrderRequest } from '#domain/order.ts';
import type { Check } from '#guard/denial.ts';
import { watchConduct } from './conduct.ts';
import { workingOrder, type Draft } from './draft.ts';
import { starter } from '#guard/limits.ts';
import type { DeskEvent } from './events.ts';
import { hasClosedLane, isOver, isWorking } from './order-questions.ts';
import { entry, type CheckRow, type JournaledRequest } from './records.ts';
import { requestKey, type DeskOrder, type DeskState } from './state.ts';

type EventOf<Kind extends DeskEvent['kind']> = Extract<DeskEvent, { readonly kind: Kind }>;

/** A new order, or the one that this request made before. INTENT and SENDING become durable together. */
export function onSubmit(draft: Draft, { orderId, request, verdict }: EventOf<'submit'>): OrderId {
  const journaled = plainRequest(request);
  const before = earlier(draft.state, journaled);
  if (before !== null) return repeated(before, journaled);
  if (!draft.state.isResolved) {
    throw new RetryLater(
      'gateway.resolving',
      'Cannot submit yet: orders from before the start are still being looked up',
    );
  }
  const { at, elapsedMs } = draft.moment;
  const judged = verdict();
  const checks = judged.checks.map(checkRow);
  if (judged.kind === 'denied') {
    draft.record(entry('order.denied', { orderId, request: journaled, checks, at }));
    watch(draft, orderId);
    return orderId;
  }
  draft.record(entry('order.intent', { orderId, request: journaled, checks, at }));
  draft.record(entry('order.sending', { orderId, at, elapsedMs }));
  draft.effect({ kind: 'place', orderId, order: judged.order });
  return orderId;
}

/** Asks the broker to take back what is left. An order that is over, or being cancelled, is left as it is. */
export function onCancel(draft: Draft, { orderId, by }: EventOf<'cancel'>): OrderId {
  const order = required(draft, orderId);
  if (isOver(order) || order.cancel?.phase === 'sending') return orderId;
  if (!isWorking(order)) throw inDoubt('cancel', order);
  draft.requestCancel(order, by);
  watch(draft, orderId);
  draft.effect({ kind: 'inquire' });
  return orderId;
}

/** A new price and a new quantity for what is left, judged by the guard like an order. */
export function onAmend(draft: Draft, { orderId, price, quantity, verdict }: EventOf<'amend'>): OrderId {
  const order = required(draft, orderId);
  if (isOver(order)) {
    throw new FixConfiguration(
      'order.not-amendable',
      `Cannot amend the order: it is ${order.state}, wanted a working one`,
    );
  }
  const working = workingOrder(order);
  if (!isWorking(order) || hasClosedLane(order) || order.cancel?.phase === 'sending' || working === null) {
    throw inDoubt('amend', order);
  }
  const judged = verdict();
  if (judged.kind === 'denied') {
    const codes = judged.denials.map((denial) => denial.code).join(', ');
    throw new FixConfiguration('order.amend-denied', `Cannot amend the order: the guard said no (${codes})`);
  }
  const { at, elapsedMs } = draft.moment;
  const checks = judged.checks.map(checkRow);
  draft.record(entry('order.amend-requested', { orderId, price, quantity, checks, at, elapsedMs }));
  draft.effect({ kind: 'amend', orderId, order: working, change: judged.order });
  watch(draft, orderId);
  return orderId;
}

function watch(draft: Draft, orderId: OrderId): void {
  watchConduct(draft, required(draft, orderId), draft.settings.conduct ?? starter);
}

/** A person asks to look: an escalated order is looked for from the beginning, and the broker is asked in any case. */
export function onFind(draft: Draft, { orderId }: EventOf<'find'>): OrderId {
  const order = required(draft, orderId);
  if (order.state === 'escalated' && order.legs.length === 0) {
    draft.record(entry('order.reopened', { orderId, at: draft.moment.at }));
  }
  draft.effect({ kind: 'inquire' });
  return orderId;
}

/** NaN, which JSON does not have, becomes null: the number is missing. */
export function checkRow({ code, actual, limit, unit, passed }: Check): CheckRow {
  const known = (value: number) => (Number.isFinite(value) ? value : null);
  return { code, actual: known(actual), limit: known(limit), unit, passed };
}

/** What was not said is not written, so that a plain order reads as it always did. */
function plainRequest(request: OrderRequest): JournaledRequest {
  const { requestId, requester, instrument, side, type, timeInForce, quantity, price, reason } = request;
  const { venue, session, stopPrice } = request;
  return {
    requestId,
    requester: { ...requester },
    instrument,
    side,
    type,
    timeInForce,
    quantity,
    price,
    ...(venue === undefined ? {} : { venue }),
    ...(session === undefined ? {} : { session }),
    ...(stopPrice === undefined ? {} : { stopPrice }),
    reason,
  };
}

type Earlier = { readonly orderId: OrderId; readonly order: DeskOrder | null } | null;

function earlier(state: DeskState, request: JournaledRequest): Earlier {
  const key = requestKey(request);
  const today = state.requestKeys.get(key);
  if (today !== undefined) return { orderId: today, order: state.orders.get(today) ?? null };
  for (const day of state.archive) {
    const orderId = day.requestKeys.get(key);
    if (orderId !== undefined) return { orderId, order: day.orders.get(orderId) ?? null };
  }
  return null;
}

function repeated(before: NonNullable<Earlier>, request: JournaledRequest): OrderId {
  const first = before.order?.request;
  const isSame =
    first !== undefined &&
    first.instrument === request.instrument &&
    first.side === request.side &&
    first.type === request.type &&
    first.timeInForce === request.timeInForce &&
    first.quantity === request.quantity &&
    first.price === request.price &&
    venueOf(first) === venueOf(request) &&
    sessionOf(first) === sessionOf(request) &&
    first.stopPrice === request.stopPrice;
  if (isSame) return before.orderId;
  throw new FixConfiguration(
    'order.request-id-reused',
    `Cannot submit "${request.requestId}": an earlier order has this id and other values, wanted a new id for each order`,
  );
}

function required(draft: Draft, orderId: OrderId): DeskOrder {
  const order = draft.order(orderId);
  if (order !== null) return order;
  throw new FixConfiguration('order.not-found', `Cannot find the order "${orderId}": there is none with this id`);
}

function inDoubt(what: string, order: DeskOrder): RetryLater {
  return new RetryLater(
    'order.in-doubt',
    `Cannot ${what} the order: it is ${order.state}, wanted one the broker confirmed`,
  );
}
