import { alertsAfter, type AlertRecord } from './apply-alert.ts';
import { applyFill } from './apply-fill.ts';
import { applyBooks } from './apply-books.ts';
import { applyManual } from './apply-manual.ts';
import { applyPolicy } from './apply-policy.ts';
import { applyToOrder } from './apply-order.ts';
import { noShares, noWon, type DeskRecord, type RecordBody } from './records.ts';
import { isOver } from './order-questions.ts';
import { seoulDay } from './seoul-day.ts';
import { requestKey, type DayArchive, type DeskOrder, type DeskState } from './state.ts';

const archivedDaysWithOrders = 30;
const incidentsKept = 100;

/** The state after one more record. Pure and total: whatever was journaled can be folded. */
export function apply(state: DeskState, record: DeskRecord): DeskState {
  return { ...applyKind(state, record), alerts: alertsAfter(state, record), sequence: state.sequence + 1 };
}

function applyKind(state: DeskState, record: DeskRecord): DeskState {
  switch (record.kind) {
    case 'gateway.started':
      return started(state);
    case 'gateway.resolved':
      return { ...state, isResolved: true };
    case 'order.denied':
    case 'order.intent':
      return opened(state, record.kind, record.body);
    case 'order.filled':
      return applyFill(state, record.body);
    case 'halt':
      return halted(state, record.body);
    case 'resume':
      return { ...state, halted: null, lostAnswers: [], rejections: [] };
    case 'incident':
      return incident(state, record.body);
    case 'login':
    case 'vault.seen':
    case 'alert.raised':
    case 'alert.delivered':
    case 'alert.acknowledged':
      return state;
    default:
      return applyGroup(state, record);
  }
}

type HouseKind =
  | 'gateway.started'
  | 'gateway.resolved'
  | 'halt'
  | 'resume'
  | 'incident'
  | 'login'
  | 'vault.seen'
  | AlertRecord['kind'];
type OpeningKind = 'order.denied' | 'order.intent' | 'order.filled';

/** Records that come in groups, each with a file of its own. */
function applyGroup(
  state: DeskState,
  record: Exclude<DeskRecord, { readonly kind: HouseKind | OpeningKind }>,
): DeskState {
  switch (record.kind) {
    case 'day.opened':
    case 'day.rebased':
      return applyBooks(state, record);
    case 'manual.declared':
    case 'manual.adopted':
    case 'manual.filled':
      return applyManual(state, record);
    case 'limit.changed':
    case 'limit.profile':
    case 'limit.withdrawn':
    case 'permits.granted':
    case 'universe.changed':
    case 'strategy.halted':
    case 'strategy.resumed':
    case 'terms.confirmed':
      return applyPolicy(state, record);
    default:
      return applyToOrder(counted(state, record), record);
  }
}

function halted(state: DeskState, { at, by, reason }: RecordBody<'halt'>): DeskState {
  const orders = new Map(state.orders);
  for (const [orderId, order] of orders) if (!isOver(order)) orders.set(orderId, { ...order, mustCancel: true });
  return { ...state, orders, halted: state.halted ?? { since: at, by, reason } };
}

/** Real times and requests under way belong to one run of the process. */
function started(state: DeskState): DeskState {
  const orders = new Map(state.orders);
  for (const [orderId, order] of orders) orders.set(orderId, restarted(order));
  return { ...state, orders, isResolved: false, lostAnswers: [], rejections: [] };
}

function restarted(order: DeskOrder): DeskOrder {
  // Also of orders that are over: a fill of theirs may be taken back, and lists older than its push prove nothing.
  const legs = order.legs.map((leg) => ({ ...leg, lastNoticeElapsedMs: 0 }));
  if (isOver(order)) return { ...order, legs };
  return {
    ...order,
    legs,
    ackedElapsedMs: 0,
    doubt:
      order.doubt === null ? null : { ...order.doubt, sinceElapsedMs: 0, inquiries: 0, firstAnsweredElapsedMs: null },
    cancel: order.cancel === null ? null : { ...order.cancel, phase: 'answered', answeredElapsedMs: 0 },
  };
}

function opened(state: DeskState, kind: 'order.denied' | 'order.intent', body: RecordBody<'order.intent'>): DeskState {
  const { orderId, request, checks, at } = body;
  const date = seoulDay(at);
  const days = rolled(state, date);
  const isDenied = kind === 'order.denied';
  const step = { at, quantity: request.quantity, price: request.price, detail: '' } as const;
  const order: DeskOrder = {
    orderId,
    request,
    state: isDenied ? 'denied' : 'intent',
    date,
    createdAt: at,
    checks,
    quantity: request.quantity,
    price: request.price,
    filled: noShares,
    filledValue: noWon,
    legs: [],
    sendingAt: null,
    ackedElapsedMs: 0,
    doubt: null,
    cancel: null,
    amend: null,
    mustCancel: false,
    steps: [
      { kind: 'intent', ...step },
      { kind: isDenied ? 'denied' : 'approved', ...step, quantity: null, price: null },
    ],
  };
  return {
    ...days,
    orders: new Map(days.orders).set(orderId, order),
    requestKeys: new Map(days.requestKeys).set(requestKey(request), orderId),
  };
}

/** On the first order of a new day, orders that are over go to the archive. */
function rolled(state: DeskState, date: number): DeskState {
  if (date <= state.date) return state;
  const over = new Map([...state.orders].filter(([, order]) => isOver(order)));
  const open = new Map([...state.orders].filter(([orderId]) => !over.has(orderId)));
  const keys = [...state.requestKeys];
  const archived: DayArchive = {
    date: state.date,
    orders: over,
    requestKeys: new Map(keys.filter(([, orderId]) => over.has(orderId))),
  };
  return {
    ...state,
    date,
    orders: open,
    requestKeys: new Map(keys.filter(([, orderId]) => open.has(orderId))),
    archive: over.size === 0 ? state.archive : withoutOldOrders([...state.archive, archived]),
    foreign: new Set([...state.foreign].filter((key) => key.startsWith(`${date}/`))),
    declared: state.declared.filter((declaration) => declaration.date === date),
    manual: new Map([...state.manual].filter(([, order]) => order.date === date)),
    cancelsOfDay: [],
    policy: { ...state.policy, confirmed: new Map() },
  };
}

function withoutOldOrders(archive: readonly DayArchive[]): readonly DayArchive[] {
  const aged = archive.at(-archivedDaysWithOrders - 1);
  if (aged === undefined || aged.orders.size === 0) return archive;
  return archive.map((day) => (day === aged ? { ...day, orders: new Map() } : day));
}

function incident(state: DeskState, { code, detail, at, brokerOrderId }: RecordBody<'incident'>): DeskState {
  const incidents = [...state.incidents, { code, detail, at }].slice(-incidentsKept);
  if (code !== 'foreign-order' || brokerOrderId === null) return { ...state, incidents };
  const date = seoulDay(at);
  return { ...state, incidents, foreign: new Set(state.foreign).add(`${date}/${brokerOrderId}`) };
}

/** Keeps the numbers of rule N07 and of the guard's cancel rules beside the order's own life. */
function counted(state: DeskState, record: DeskRecord): DeskState {
  switch (record.kind) {
    case 'order.unknown':
      return record.body.isOurCrash
        ? state
        : { ...state, lostAnswers: [...state.lostAnswers, record.body.elapsedMs].slice(-20) };
    case 'order.rejected':
      return { ...state, rejections: [...state.rejections, record.body.elapsedMs].slice(-20) };
    case 'order.acked':
      return { ...state, rejections: [] };
    case 'order.amend-requested':
      return { ...state, cancelsOfDay: [...state.cancelsOfDay, record.body.at] };
    case 'order.cancel-requested': {
      const isAsked = record.body.by !== 'halt' && record.body.attempt === 1;
      return isAsked ? { ...state, cancelsOfDay: [...state.cancelsOfDay, record.body.at] } : state;
    }
    default:
      return state;
  }
}

/** Folds a whole journal. */
export function fold(records: Iterable<DeskRecord>, from: DeskState): DeskState {
  let state = from;
  for (const record of records) state = apply(state, record);
  return state;
}
