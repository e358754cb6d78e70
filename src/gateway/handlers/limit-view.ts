import { listings } from '#markets/listings.ts';
import { waiting } from '#guard/limit-fold.ts';
import type { LimitScope } from '#guard/limit-policy.ts';
import { limitNames, type Limits } from '#guard/limits.ts';
import { tighterOf } from '#guard/tighten.ts';
import type { LimitPolicyView } from '#link/limit-api.ts';
import type { DeskState } from '../desk/state.ts';
import { limitsAtGrade } from '../safety/limits-at-grade.ts';

export interface LimitViewFacts {
  readonly base: Limits;
  readonly now: Temporal.Instant;
  /** Strategies are held too loosely for whole limits. */
  readonly isHalved: boolean;
}

/** What binds whom, what waits to, and who is stopped. */
export function limitPolicyView(state: DeskState, { base, now, isHalved }: LimitViewFacts): LimitPolicyView {
  const nowMs = now.epochMilliseconds;
  const { limits: policy, haltedStrategies, universe } = state.policy;
  const { profile, limits, overrides } = limitsAtGrade(state, base, nowMs, { isHalved });
  const account: LimitScope = { kind: 'account', subject: '' };
  const own = (kind: 'strategy' | 'symbol', subject: string, values: Partial<Limits>) =>
    limitNames
      .filter((name) => values[name] !== undefined)
      .map((name) => ({
        scope: kind,
        subject,
        name,
        value: tighterOf(name, values[name] ?? limits[name], limits[name]),
      }));
  return {
    profile,
    isHalved,
    rows: [
      ...limitNames.map((name) => ({ scope: account.kind, subject: '', name, value: limits[name] })),
      ...[...overrides.strategies].flatMap(([name, values]) => own('strategy', name, values)),
      ...[...overrides.symbols].flatMap(([id, values]) => own('symbol', id.slice(4), values)),
    ],
    waiting: waiting(policy, nowMs).map((change) => ({
      id: change.id,
      ...('name' in change
        ? { scope: change.scope.kind, subject: change.scope.subject, name: change.name, value: change.value }
        : { scope: 'account' as const, subject: '', name: 'profile', value: change.profile === 'standard' ? 5 : 1 }),
      effectiveAt: Temporal.Instant.fromEpochMilliseconds(change.effectiveAtMs).toString(),
      by: change.by,
    })),
    haltedStrategies: [...haltedStrategies].map(([strategy, halted]) => ({ strategy, ...halted })),
    unlisted: listings.filter(({ id }) => universe.get(id)?.isListed === false).map(({ symbol }) => symbol),
  };
}
