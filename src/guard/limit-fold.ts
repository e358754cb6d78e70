import { longDelayMs } from './limit-delay.ts';
import type { LimitChange, LimitPolicy, LimitScope, ProfileChange } from './limit-policy.ts';

/**
 * The policy with one more change. It takes the place of whatever still waits for the same limit: tightening now ends a
 * loosening that was to come, and a second wish starts its own wait. What a day has covered is forgotten.
 */
export function withLimitChange(policy: LimitPolicy, change: LimitChange): LimitPolicy {
  const others = policy.changes.filter((before) => !isSameLimit(before, change));
  const same = policy.changes.filter((before) => isSameLimit(before, change) && before.effectiveAtMs <= change.atMs);
  return { ...policy, changes: [...others, ...ofLastDay(same, change.atMs), change] };
}

export function withProfileChange(policy: LimitPolicy, change: ProfileChange): LimitPolicy {
  const due = policy.profiles.filter((before) => before.effectiveAtMs <= change.atMs);
  return { ...policy, profiles: [...ofLastDay(due, change.atMs), change] };
}

/** What waits under `id` is not to happen; what is in force already stays. */
export function withoutChange(policy: LimitPolicy, id: string, atMs: number): LimitPolicy {
  const stays = (change: { readonly id: string; readonly effectiveAtMs: number }): boolean =>
    change.id !== id || change.effectiveAtMs <= atMs;
  return { changes: policy.changes.filter(stays), profiles: policy.profiles.filter(stays) };
}

/** What waits, oldest first. */
export function waiting(policy: LimitPolicy, nowMs: number): readonly (LimitChange | ProfileChange)[] {
  return [...policy.changes, ...policy.profiles].filter((change) => change.effectiveAtMs > nowMs);
}

export function isSameLimit(a: Pick<LimitChange, 'scope' | 'name'>, b: Pick<LimitChange, 'scope' | 'name'>): boolean {
  return a.name === b.name && isSameScope(a.scope, b.scope);
}

function isSameScope(a: LimitScope, b: LimitScope): boolean {
  return a.kind === b.kind && a.subject === b.subject;
}

/** The one that was in force a day ago, and all since: what the next wait is counted by. */
function ofLastDay<Change extends { readonly effectiveAtMs: number }>(
  changes: readonly Change[],
  nowMs: number,
): readonly Change[] {
  const start = changes.findLastIndex((change) => change.effectiveAtMs <= nowMs - longDelayMs);
  return changes.slice(Math.max(0, start));
}
