import { withLimitChange, withoutChange, withProfileChange } from '#guard/limit-fold.ts';
import type { LimitPolicy } from '#guard/limit-policy.ts';
import { withGrant, type PermitGrant } from '#guard/permit-grants.ts';
import type { DeskRecord, RecordBody } from './records.ts';
import { isOver } from './order-questions.ts';
import type { DeskPolicy, DeskState } from './state.ts';

export type PolicyRecord = Extract<
  DeskRecord,
  {
    readonly kind:
      | 'limit.changed'
      | 'limit.profile'
      | 'limit.withdrawn'
      | 'permits.granted'
      | 'universe.changed'
      | 'strategy.halted'
      | 'strategy.resumed'
      | 'terms.confirmed';
  }
>;

/** What a person decided, or a rule about a strategy, folded into the state. */
export function applyPolicy(state: DeskState, record: PolicyRecord): DeskState {
  const policy = { ...state.policy, ...changed(state.policy, record) };
  return record.kind === 'strategy.halted'
    ? { ...state, policy, orders: withdrawing(state, record.body.strategy) }
    : { ...state, policy };
}

function changed(policy: DeskPolicy, record: PolicyRecord): Partial<DeskPolicy> {
  switch (record.kind) {
    case 'limit.changed':
    case 'limit.profile':
    case 'limit.withdrawn':
      return { limits: limitsAfter(policy.limits, record) };
    case 'permits.granted':
      return { permits: withGrant(policy.permits, grantOf(record.body)) };
    case 'universe.changed':
      return { universe: listed(policy, record.body) };
    case 'strategy.halted':
      return halted(policy, record.body);
    case 'strategy.resumed':
      return resumed(policy, record.body);
    default:
      return { confirmed: new Map(policy.confirmed).set(record.body.orderId, record.body.at) };
  }
}

function grantOf({ id, types, sessions, venues, effectiveAt, by, at }: RecordBody<'permits.granted'>): PermitGrant {
  const permits = { types: new Set(types), sessions: new Set(sessions), venues: new Set(venues) };
  return { id, permits, atMs: epochMs(at), effectiveAtMs: epochMs(effectiveAt), by };
}

function listed({ universe }: DeskPolicy, body: RecordBody<'universe.changed'>): DeskPolicy['universe'] {
  return new Map(universe).set(body.instrument, { isListed: body.isListed, since: body.at });
}

type LimitRecord = Extract<PolicyRecord, { readonly kind: `limit.${string}` }>;

function limitsAfter(limits: LimitPolicy, record: LimitRecord): LimitPolicy {
  const { id, by } = record.body;
  const atMs = epochMs(record.body.at);
  if (record.kind === 'limit.withdrawn') return withoutChange(limits, id, atMs);
  const effectiveAtMs = epochMs(record.body.effectiveAt);
  if (record.kind === 'limit.profile') {
    return withProfileChange(limits, { id, profile: record.body.profile, atMs, effectiveAtMs, by });
  }
  const { scope: kind, subject, name, value } = record.body;
  return withLimitChange(limits, { id, scope: { kind, subject }, name, value, atMs, effectiveAtMs, by });
}

function halted(policy: DeskPolicy, { strategy, at, by, reason }: RecordBody<'strategy.halted'>): Partial<DeskPolicy> {
  if (policy.haltedStrategies.has(strategy)) return {};
  return { haltedStrategies: new Map(policy.haltedStrategies).set(strategy, { since: at, by, reason }) };
}

function resumed(policy: DeskPolicy, { strategy, at }: RecordBody<'strategy.resumed'>): Partial<DeskPolicy> {
  const haltedStrategies = new Map(policy.haltedStrategies);
  haltedStrategies.delete(strategy);
  return { haltedStrategies, resumedStrategies: new Map(policy.resumedStrategies).set(strategy, at) };
}

/** What is on its way is taken back as soon as the broker gave it a number, as in a halt of everything. */
function withdrawing(state: DeskState, strategy: string): DeskState['orders'] {
  const orders = new Map(state.orders);
  for (const [orderId, order] of orders) {
    const { requester } = order.request;
    const isIts = requester.kind === 'strategy' && requester.name === strategy;
    if (isIts && !isOver(order)) orders.set(orderId, { ...order, mustCancel: true });
  }
  return orders;
}

function epochMs(at: string): number {
  return Temporal.Instant.from(at).epochMilliseconds;
}
