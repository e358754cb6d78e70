import type { OrderId } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { isOver } from './order-questions.ts';
import { noShares, noWon, type DeskRecord, type RecordBody } from './records.ts';
import type { DeskOrder, DeskState, Leg, Step, StepKind } from './state.ts';

const stepsKept = 200;

/** The records that change one order and nothing else; of an order in the archive nothing changes any more. */
export function applyToOrder(state: DeskState, record: OrderRecord): DeskState {
  const order = state.orders.get(record.body.orderId);
  return order === undefined ? state : withOrder(state, changed(order, record));
}

function changed<Kind extends OrderRecord['kind']>(
  order: DeskOrder,
  record: { readonly kind: Kind; readonly body: RecordBody<Kind> },
): DeskOrder {
  return changes[record.kind](order, record.body);
}

/** `state` with `order` in the place of the one of the same id. */
export function withOrder(state: DeskState, order: DeskOrder): DeskState {
  const orderId: OrderId = order.orderId;
  return { ...state, orders: new Map(state.orders).set(orderId, order) };
}

/** `order` with one more line in its timeline; the oldest lines after the first go when there are 200. */
export function withStep(order: DeskOrder, kind: StepKind, step: Omit<Step, 'kind'>): DeskOrder {
  const steps = [...order.steps, { kind, ...step }];
  return { ...order, steps: steps.length > stepsKept ? steps.toSpliced(1, 1) : steps };
}

/** One small function a record: what it makes of the order. */
const changes: { readonly [Kind in OrderRecord['kind']]: (order: DeskOrder, body: RecordBody<Kind>) => DeskOrder } = {
  'order.sending': (order, { at }) => noted({ ...order, state: 'sending', sendingAt: at }, 'sending', at),
  'order.acked': acked,
  'order.rejected': rejected,
  'order.not-sent': (order, { at, cause }) =>
    noted({ ...order, state: 'not-sent', doubt: null }, 'not-sent', at, cause),
  'order.unknown': unknown,
  'order.inquiry': inquired,
  'order.confirmed-absent': (order, { at }) =>
    noted({ ...order, state: 'confirmed-absent', doubt: null }, 'confirmed-absent', at),
  'order.escalated': (order, { at }) => noted({ ...order, state: 'escalated', doubt: null }, 'escalated', at),
  'order.settled': settled,
  'order.seen': (order) => ({ ...order, doubt: null }),
  'order.reopened': (order, { at }) => ({ ...order, state: 'unknown', doubt: newDoubt('placing', at, 0) }),
  'order.cancelled': (order, { at }) => noted(ended(order, 'cancelled'), 'cancelled', at),
  'order.expired': (order, { at }) => noted(ended(order, 'expired'), 'expired', at),
  'order.cancel-requested': (order, { at, by, attempt }) =>
    noted(
      { ...order, cancel: { phase: 'sending', attempts: attempt, answeredElapsedMs: 0 } },
      'cancel-requested',
      at,
      by,
    ),
  'order.cancel-answered': (order, { elapsedMs }) => ({
    ...order,
    cancel: { phase: 'answered', attempts: order.cancel?.attempts ?? 1, answeredElapsedMs: elapsedMs },
  }),
  'order.amend-requested': (order, { at, price, quantity: size }) =>
    withStep({ ...order, amend: { price, quantity: size, phase: 'sending' } }, 'amend-requested', {
      at,
      quantity: size,
      price,
      detail: '',
    }),
  'order.amend-answered': amendAnswered,
};

type OrderRecord = Exclude<
  Extract<DeskRecord, { readonly kind: `order.${string}` }>,
  { readonly kind: 'order.denied' | 'order.intent' | 'order.filled' }
>;

function noted(order: DeskOrder, kind: StepKind, at: string, detail = ''): DeskOrder {
  return withStep(order, kind, { at, quantity: null, price: null, detail });
}

function ended(order: DeskOrder, state: 'cancelled' | 'expired'): DeskOrder {
  return { ...order, state, doubt: null, amend: null };
}

function acked(order: DeskOrder, body: RecordBody<'order.acked'>): DeskOrder {
  const leg = newLeg(body.brokerOrderId, body.forwardingOffice, order.quantity);
  const kind = body.source === 'inquiry' ? 'found' : 'acked';
  return noted(
    { ...order, state: 'acked', doubt: null, legs: [leg], ackedElapsedMs: body.elapsedMs },
    kind,
    body.at,
    body.brokerOrderId,
  );
}

function rejected(order: DeskOrder, { at, code, brokerOrderId }: RecordBody<'order.rejected'>): DeskOrder {
  const legs = brokerOrderId === undefined ? order.legs : [...order.legs, newLeg(brokerOrderId, '', order.quantity)];
  return noted({ ...order, legs, state: 'rejected', doubt: null }, 'rejected', at, code);
}

/** As the person said: under its number, under that of its amendment, refused, or not there at all. */
function settled(order: DeskOrder, { found, by, at, elapsedMs }: RecordBody<'order.settled'>): DeskOrder {
  const sure: DeskOrder = { ...order, doubt: null, amend: null };
  if (found === null && order.legs.length === 0) {
    return noted({ ...sure, state: 'confirmed-absent' }, 'confirmed-absent', at, by);
  }
  if (found === null) return noted(ended(order, 'cancelled'), 'cancelled', at, by);
  const isKnown = order.legs.some((leg) => leg.brokerOrderId === found.brokerOrderId);
  const isFirst = order.legs.length === 0;
  const leg = newLeg(found.brokerOrderId, found.forwardingOffice, isFirst ? order.quantity : found.quantity);
  const legs = isKnown ? order.legs : [...order.legs, leg];
  const terms = isKnown || isFirst ? {} : { price: found.price, quantity: quantity(order.filled + found.quantity) };
  const state = found.isRejected && isFirst ? 'rejected' : order.filled > 0 ? 'partially-filled' : 'acked';
  return noted(
    { ...sure, ...terms, legs, state, ackedElapsedMs: elapsedMs },
    'found',
    at,
    `${found.brokerOrderId} ${by}`,
  );
}

/** A leg starts without fills. */
function newLeg(brokerOrderId: Leg['brokerOrderId'], forwardingOffice: string, size: Leg['quantity']): Leg {
  return {
    brokerOrderId,
    forwardingOffice,
    quantity: size,
    filled: noShares,
    filledValue: noWon,
    ahead: noShares,
    noticeKeys: [],
    lastNoticeElapsedMs: 0,
  };
}

function unknown(order: DeskOrder, body: RecordBody<'order.unknown'>): DeskOrder {
  const doubt = newDoubt('placing', body.at, body.elapsedMs);
  return noted({ ...order, state: 'unknown', doubt }, 'unknown', body.at, body.cause);
}

function newDoubt(about: 'placing' | 'amending' | 'row', since: string, sinceElapsedMs: number) {
  return { about, since, sinceElapsedMs, inquiries: 0, firstAnsweredElapsedMs: null } as const;
}

/** Also opens a doubt: an acknowledged order that a complete list does not show is one. */
function inquired(order: DeskOrder, body: RecordBody<'order.inquiry'>): DeskOrder {
  const before = order.doubt ?? newDoubt('row', body.at, body.sentElapsedMs);
  const doubt = {
    ...before,
    inquiries: before.inquiries + 1,
    firstAnsweredElapsedMs: before.firstAnsweredElapsedMs ?? body.answeredElapsedMs,
  };
  return withStep({ ...order, doubt }, 'inquiry', { at: body.at, quantity: doubt.inquiries, price: null, detail: '' });
}

function amendAnswered(order: DeskOrder, body: RecordBody<'order.amend-answered'>): DeskOrder {
  const { price, quantity: size, at, outcome, brokerOrderId, forwardingOffice, elapsedMs } = body;
  if (outcome === 'unknown') {
    const doubt = newDoubt('amending', at, elapsedMs);
    return { ...order, amend: { price, quantity: size, phase: 'unknown' }, doubt };
  }
  const settled: DeskOrder = { ...order, amend: null, doubt: null };
  if (outcome !== 'accepted' || brokerOrderId === null || isOver(order)) return settled;
  const legs = [...order.legs, newLeg(brokerOrderId, forwardingOffice, size)];
  const amended: DeskOrder = { ...settled, legs, price, quantity: quantity(order.filled + size) };
  return withStep(amended, 'amended', { at, quantity: size, price, detail: brokerOrderId });
}
