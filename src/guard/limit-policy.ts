import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import type { LimitOverrides } from './limit-overrides.ts';
import { standard, type LimitName, type Limits } from './limits.ts';

export type Profile = 'starter' | 'standard';

/** Whom a limit binds: everybody, one strategy by its name, or one symbol by its listing code. */
export interface LimitScope {
  readonly kind: 'account' | 'strategy' | 'symbol';
  /** Empty for the account. */
  readonly subject: string;
}

/** A person set one limit. Times are epoch milliseconds of the market's clock. */
export interface LimitChange {
  readonly id: string;
  readonly scope: LimitScope;
  readonly name: LimitName;
  readonly value: number;
  readonly atMs: number;
  readonly effectiveAtMs: number;
  readonly by: string;
}

/** A person chose another profile. */
export interface ProfileChange {
  readonly id: string;
  readonly profile: Profile;
  readonly atMs: number;
  readonly effectiveAtMs: number;
  readonly by: string;
}

/** Everything a person decided about limits, oldest first: a pure fold of the journal (INV-09, INV-12). */
export interface LimitPolicy {
  readonly changes: readonly LimitChange[];
  readonly profiles: readonly ProfileChange[];
}

export const noPolicy: LimitPolicy = { changes: [], profiles: [] };

/** What binds at one moment. */
export interface LimitsInForce {
  readonly profile: Profile;
  readonly limits: Limits;
  readonly overrides: LimitOverrides;
}

/**
 * The limits at `nowMs`: a function of what the installation starts with, of what was decided, and of the time. What is
 * not due yet has no effect.
 *
 * @param base the starter profile, or what stands in its place
 */
export function limitsInForce(policy: LimitPolicy, base: Limits, nowMs: number): LimitsInForce {
  const profile = policy.profiles.findLast((change) => change.effectiveAtMs <= nowMs)?.profile ?? 'starter';
  const account: { -readonly [Name in LimitName]: number } = { ...(profile === 'standard' ? standard : base) };
  const strategies = new Map<string, Partial<Limits>>();
  const symbols = new Map<InstrumentId, Partial<Limits>>();
  for (const { scope, name, value, effectiveAtMs } of policy.changes) {
    if (effectiveAtMs > nowMs) continue;
    if (scope.kind === 'account') account[name] = value;
    else if (scope.kind === 'strategy') put(strategies, scope.subject, name, value);
    else put(symbols, instrumentId(scope.subject), name, value);
  }
  // Every value is a whole number of 0 or more: the journal's reader and the proposal have looked.
  return { profile, limits: account as Limits, overrides: { strategies, symbols } };
}

function put<Key>(into: Map<Key, Partial<Limits>>, key: Key, name: LimitName, value: number): void {
  into.set(key, { ...into.get(key), [name]: value });
}
