import { instrumentId } from '#domain/instrument.ts';
import type { LimitOverrides } from './limit-overrides.ts';
import { limitsInForce, type LimitPolicy, type LimitScope, type Profile } from './limit-policy.ts';
import type { LimitName, Limits } from './limits.ts';
import { isTighter, tighterIs, tighterOf } from './tighten.ts';

/** INV-12: loosening up to twice what binds waits this long, anything beyond a day. */
export const shortDelayMs = 600_000;
export const longDelayMs = 86_400_000;

export interface LimitWish {
  readonly scope: LimitScope;
  readonly name: LimitName;
  readonly value: number;
}

/**
 * How long a wish waits: 0 when it tightens or keeps. "Twice" counts from the tightest value of the last day, so that a
 * chain of doublings, each after its ten minutes, gets no further in a day than one of them.
 */
export function limitDelayMs(wish: LimitWish, policy: LimitPolicy, base: Limits, nowMs: number): number {
  const { name, value } = wish;
  if (tighterOf(name, value, valueAt(wish, policy, base, nowMs)) === value) return 0;
  return isUpToTwice(name, value, tightestOfDay(wish, policy, base, nowMs)) ? shortDelayMs : longDelayMs;
}

/** How long another profile waits: 0 when nothing in it is looser than what binds now, otherwise a day. */
export function profileDelayMs(profile: Profile, policy: LimitPolicy, base: Limits, nowMs: number): number {
  const wanted = { ...policy, profiles: [...policy.profiles, changeNow(profile, nowMs)] };
  const then = limitsInForce(wanted, base, nowMs).limits;
  return isTighter(then, limitsInForce(policy, base, nowMs).limits) ? 0 : longDelayMs;
}

/** What binds `scope` at a moment: its own value or the account's, whichever is tighter. */
export function valueAt(
  { scope, name }: Pick<LimitWish, 'scope' | 'name'>,
  policy: LimitPolicy,
  base: Limits,
  atMs: number,
): number {
  const { limits, overrides } = limitsInForce(policy, base, atMs);
  const value = ownLimits(scope, overrides)?.[name];
  return value === undefined ? limits[name] : tighterOf(name, value, limits[name]);
}

function ownLimits({ kind, subject }: LimitScope, overrides: LimitOverrides): Partial<Limits> | undefined {
  if (kind === 'strategy') return overrides.strategies.get(subject);
  return kind === 'symbol' ? overrides.symbols.get(instrumentId(subject)) : undefined;
}

function tightestOfDay(wish: LimitWish, policy: LimitPolicy, base: Limits, nowMs: number): number {
  const fromMs = nowMs - longDelayMs;
  const moments = [...policy.changes, ...policy.profiles].map(({ effectiveAtMs }) => effectiveAtMs);
  const within = moments.filter((atMs) => atMs > fromMs && atMs <= nowMs);
  return [fromMs, ...within, nowMs]
    .map((atMs) => valueAt(wish, policy, base, atMs))
    .reduce((tightest, value) => tighterOf(wish.name, tightest, value));
}

function isUpToTwice(name: LimitName, wanted: number, tightest: number): boolean {
  return tighterIs[name] === 'smaller' ? wanted <= 2 * tightest : 2 * wanted >= tightest;
}

function changeNow(profile: Profile, nowMs: number) {
  return { id: '', profile, atMs: nowMs, effectiveAtMs: nowMs, by: '' };
}
