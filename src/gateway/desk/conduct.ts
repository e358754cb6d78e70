import type { Limits } from '#guard/limits.ts';
import type { Draft } from './draft.ts';
import type { DeskOrder, DeskState } from './state.ts';

const rateCodes: ReadonlySet<string> = new Set([
  'orders-per-minute-account',
  'orders-per-minute-strategy',
  'orders-per-day',
]);
const breachWindowMs = 600_000;
/** Below this many orders a day the ratio of cancels to fills says nothing. */
const ordersLookedAtFrom = 20;

export type ConductLimits = Pick<Limits, 'strategyBreachesMax' | 'cancelFillRatioMax'>;

/**
 * Halts the strategy whose conduct is that of a program gone wrong (threat-model §5): it ordered too often three times in
 * ten minutes, sent a string of small orders, or takes back far more than fills. A person never meets this.
 */
export function watchConduct(draft: Draft, order: DeskOrder, limits: ConductLimits): void {
  const { requester } = order.request;
  if (requester.kind !== 'strategy') return;
  const own = ordersSince(draft.state, requester.name);
  const fault = tooOften(own, draft.moment.at, limits) ?? tooSmall(order) ?? tooManyCancels(own, limits);
  if (fault !== null) draft.haltStrategy(requester.name, 'rule conduct', fault);
}

/** Its orders of today after a person let it go on last. */
function ordersSince({ orders, policy }: DeskState, strategy: string): readonly DeskOrder[] {
  const resumedAt = policy.resumedStrategies.get(strategy) ?? '';
  const sinceMs = resumedAt === '' ? -Infinity : epochMs(resumedAt);
  return [...orders.values()].filter(({ request: { requester }, createdAt }) => {
    return requester.kind === 'strategy' && requester.name === strategy && epochMs(createdAt) > sinceMs;
  });
}

function tooOften(own: readonly DeskOrder[], at: string, { strategyBreachesMax }: ConductLimits): string | null {
  const since = epochMs(at) - breachWindowMs;
  const breaches = own.filter(
    (order) => order.state === 'denied' && epochMs(order.createdAt) > since && isDeniedBy(order, rateCodes),
  ).length;
  if (breaches === 0 || breaches < strategyBreachesMax) return null;
  return `it ordered too often ${breaches} times within 10 minutes, halted at ${strategyBreachesMax}`;
}

function tooSmall(order: DeskOrder): string | null {
  const isString = order.state === 'denied' && isDeniedBy(order, new Set(['small-order-repetition']));
  return isString ? 'it sent more orders of ten shares or fewer in one stock than a day may have' : null;
}

function tooManyCancels(own: readonly DeskOrder[], { cancelFillRatioMax }: ConductLimits): string | null {
  const sent = own.filter((order) => order.state !== 'denied');
  if (sent.length < ordersLookedAtFrom) return null;
  const filled = sent.filter((order) => order.filled > 0).length;
  const cancels = sent.map(takenBack).reduce((sum, count) => sum + count, 0);
  if (cancels <= cancelFillRatioMax * Math.max(1, filled)) return null;
  return `it took back or changed ${cancels} orders for ${filled} that filled, at most ${cancelFillRatioMax} to one`;
}

/** The first attempt of a cancel, and each amend; what a halt withdrew is nobody's conduct. */
function takenBack(order: DeskOrder): number {
  const amends = order.steps.filter(({ kind }) => kind === 'amend-requested').length;
  const first = order.steps.find(({ kind }) => kind === 'cancel-requested');
  return first === undefined || first.detail === 'halt' ? amends : amends + 1;
}

function isDeniedBy({ checks }: DeskOrder, codes: ReadonlySet<string>): boolean {
  return checks.some(({ code, passed }) => !passed && codes.has(code));
}

function epochMs(at: string): number {
  return Temporal.Instant.from(at).epochMilliseconds;
}
