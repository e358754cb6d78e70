import { isDeepStrictEqual } from 'node:util';
import { canonicalJson } from '#journal/canonical-json.ts';
import { fold } from '../desk/apply.ts';
import { inDoubt } from '../desk/order-questions.ts';
import { decodeRecord, type DeskRecord } from '../desk/records.ts';
import { emptyDesk, type DeskOrder, type DeskState } from '../desk/state.ts';
import { dayOfHistory, remaining, type ModelOrder } from './model-broker.ts';

export interface Ended {
  readonly state: DeskState;
  /** A fold of `durable`. */
  readonly replayed: DeskState;
  readonly durable: readonly DeskRecord[];
  readonly orders: readonly ModelOrder[];
  /** The broker made two orders out of one request: a person must be told, and nothing more can be wanted. */
  readonly isDoubledByBroker: boolean;
  /** The rows do not say who entered an order, so that whatever is found is a person's matter (T07). */
  readonly isBlind: boolean;
  readonly isAtRest: boolean;
  /** Reads the journal back through its decoder, which costs most of a history's time. */
  readonly isThrough: boolean;
}

/** Every promise of threat-model §4 that the end of a history can break, judged by what the broker holds in truth. */
export function brokenPromises(ended: Ended): readonly string[] {
  return [
    ...stuck(ended),
    ...ended.orders.flatMap((order) => lostOrMixed(ended, order)),
    ...doubled(ended),
    ...unconserved(ended),
    ...replayed(ended),
  ];
}

const ends = new Set(['denied', 'acked', 'partially-filled', 'filled', 'cancelled', 'expired', 'rejected', 'not-sent']);

function stuck({ state, isAtRest }: Ended): readonly string[] {
  const broken: string[] = [];
  if (!isAtRest) broken.push('INV-03 stuck: something is still being looked for at the end');
  if (!state.isResolved) broken.push('INV-03 stuck: the start was never resolved');
  for (const order of inDoubt(state)) broken.push(`INV-03 stuck: ${order.orderId} is in doubt`);
  for (const order of state.orders.values()) {
    const isEnded = ends.has(order.state) || order.state === 'confirmed-absent' || order.state === 'escalated';
    if (!isEnded) broken.push(`INV-03 ${order.orderId} is ${order.state}`);
  }
  return broken;
}

function lostOrMixed(ended: Ended, truth: ModelOrder): readonly string[] {
  if (truth.isCancel) return [];
  const { state } = ended;
  const claimed = [...state.orders.values()].filter((order) =>
    order.legs.some((leg) => leg.brokerOrderId === truth.id),
  );
  const { owner } = truth;
  if (owner.kind !== 'ours') {
    if (claimed.length > 0) return [`INV-08 ${truth.id} of a person was taken for ${claimed[0]?.orderId}`];
    return strangerUnreported(ended, truth);
  }
  const order = state.orders.get(owner.orderId);
  if (order === undefined) return [`INV-03 ${truth.id} at the broker is of no order on record`];
  if (claimed.some((other) => other.orderId !== owner.orderId)) {
    // A second order that the broker made by itself looks in every way like the one that is being looked for.
    return ended.isDoubledByBroker ? [] : [`INV-02 ${truth.id} was taken for another order`];
  }
  if (claimed.length === 0) return unclaimed(ended, truth, order);
  return differing(ended, truth, order);
}

/** An order of ours that no order on record claims: nothing but a person's decision may be open about it. */
function unclaimed(ended: Ended, truth: ModelOrder, order: DeskOrder): readonly string[] {
  const isForeign = ended.state.foreign.has(`${dayOfHistory}/${truth.id}`);
  if (order.state === 'escalated') return [];
  // The day ended before a person decided; what it may have become is told once more, as nobody's order, unless it was
  // rejected and cannot have become anything.
  if (order.state === 'expired' && (isForeign || truth.isRejected)) return [];
  // A rejected row carries no risk; with two orders made of one request the other one is claimed.
  if (truth.isRejected && (order.state === 'rejected' || ended.isDoubledByBroker)) return [];
  const isAwaited = [...ended.state.orders.values()].some((other) => other.state === 'escalated');
  if (ended.isDoubledByBroker && (isForeign || isAwaited)) return [];
  return [`INV-03 ${truth.id} at the broker is lost: ${order.orderId} is ${order.state}`];
}

function differing(ended: Ended, truth: ModelOrder, order: DeskOrder): readonly string[] {
  const broken: string[] = [];
  const leg = order.legs.find((candidate) => candidate.brokerOrderId === truth.id);
  const excess = (leg?.filled ?? 0) - truth.filled;
  if (excess < 0 || excess > truth.busted) {
    broken.push(`INV-07 ${truth.id} filled ${truth.filled}, we count ${leg?.filled}`);
  }
  if (excess > 0 && !isBustTold(ended, truth)) {
    broken.push(`INV-07 nobody was told that ${excess} shares of ${truth.id} were taken back`);
  }
  if (order.filled > order.quantity) broken.push(`INV-07 ${order.orderId} filled more than it was`);
  const isLive = order.legs.at(-1)?.brokerOrderId === truth.id;
  const isWorking = order.state === 'acked' || order.state === 'partially-filled';
  if (isLive && isWorking !== remaining(truth) > 0 && order.state !== 'escalated') {
    broken.push(`INV-03 ${truth.id} has ${remaining(truth)} left, ${order.orderId} is ${order.state}`);
  }
  return broken;
}

/** With a halt, since our books hold what the account does not. */
function isBustTold({ durable }: Ended, { id }: ModelOrder): boolean {
  const isTold = durable.some(
    ({ kind, body }) => kind === 'incident' && body.code === 'fill-missing' && body.detail.includes(id),
  );
  return isTold && durable.some((record) => record.kind === 'halt');
}

/** INV-08: told once, with a halt; or declared, and then known as such. An order that may be ours waits for a person. */
function strangerUnreported({ state, durable }: Ended, truth: ModelOrder): readonly string[] {
  const key = `${dayOfHistory}/${truth.id}`;
  if (truth.owner.kind === 'declared' && state.manual.get(key)?.filled === truth.filled) return [];
  const isAwaited = [...state.orders.values()].some(
    (order) => order.state === 'escalated' && order.request.instrument === truth.instrument,
  );
  if (isAwaited || (state.foreign.has(key) && durable.some((record) => record.kind === 'halt'))) return [];
  return [`INV-08 ${truth.id} of a person was never told (${truth.owner.kind})`];
}

function doubled({ orders, isDoubledByBroker, state, isBlind }: Ended): readonly string[] {
  const broken: string[] = [];
  const counts = new Map<string, number>();
  for (const { owner, originalId, isCancel } of orders) {
    if (owner.kind !== 'ours' || originalId !== null || isCancel) continue;
    counts.set(owner.orderId, (counts.get(owner.orderId) ?? 0) + 1);
  }
  for (const [orderId, count] of counts) {
    if (count > 1 && !isDoubledByBroker) broken.push(`INV-02 ${orderId} exists ${count} times`);
  }
  const requests = [...state.orders.values()].map((order) => order.request.requestId);
  if (new Set(requests).size !== requests.length) broken.push('INV-02 a repeated request made a second order');
  const hasStranger = orders.some((order) => order.owner.kind !== 'ours');
  const isEscalated = [...state.orders.values()].some((order) => order.state === 'escalated');
  if (isEscalated && !isBlind && !isDoubledByBroker && !hasStranger) broken.push('INV-03 escalated without need');
  return broken;
}

/** INV-07 over the whole: what our books hold is what our orders and declared ones filled. */
function unconserved({ state, orders }: Ended): readonly string[] {
  const known = orders.filter(({ id, owner }) => owner.kind !== 'foreign' && isOnRecord(state, id));
  const truth = known.reduce((sum, order) => sum + order.filled, 0);
  // Told by `differing()`, and not taken out of the books until a person has looked.
  const busted = known.reduce((sum, order) => sum + order.busted, 0);
  const ofOrders = [...state.orders.values()].reduce((sum, order) => sum + order.filled, 0);
  const ofManual = [...state.manual.values()].reduce((sum, order) => sum + order.filled, 0);
  const excess = ofOrders + ofManual - truth;
  const broken: string[] = [];
  if (excess < 0 || excess > busted) broken.push(`INV-07 ${truth} shares filled, ${ofOrders} + ${ofManual} on record`);
  if (state.books === null) return broken;
  const held = [...state.books.positions.values()].reduce((sum, position) => sum + position.quantity, 0);
  return held === ofOrders + ofManual
    ? broken
    : [...broken, `INV-07 ${held} shares held, ${ofOrders} + ${ofManual} bought`];
}

function isOnRecord(state: DeskState, id: ModelOrder['id']): boolean {
  if (state.manual.has(`${dayOfHistory}/${id}`)) return true;
  return [...state.orders.values()].some((order) => order.legs.some((leg) => leg.brokerOrderId === id));
}

/** INV-09: the journal alone gives the same state, read back from its text where `isThrough`. */
function replayed({ durable, state, isThrough, replayed: folded }: Ended): readonly string[] {
  const again = isThrough ? fold(durable.map(throughDisk), emptyDesk) : folded;
  return isDeepStrictEqual(again, state) ? [] : ['INV-09 a replay of the journal differs'];
}

function throughDisk(record: DeskRecord): DeskRecord {
  return decodeRecord({ sequence: 0, kind: record.kind, body: canonicalJson(record.body) });
}
