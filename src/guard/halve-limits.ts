import type { LimitsInForce } from './limit-policy.ts';
import { limitNames, type Limits } from './limits.ts';
import { tighterIs } from './tighten.ts';

/**
 * What binds while strategies are held by Node's flags alone (threat-model §3, grade C): half of every limit, those of
 * strategies and symbols too. Rounded down, so that an odd one is less than half; what protects by being large, such as the
 * waiting time of a new symbol, is doubled. No limit of it lets through what its original would stop.
 */
export function halved(force: LimitsInForce): LimitsInForce {
  const { strategies, symbols } = force.overrides;
  return {
    profile: force.profile,
    limits: halfOf(force.limits) as Limits,
    overrides: { strategies: halfOfEach(strategies), symbols: halfOfEach(symbols) },
  };
}

function halfOfEach<Key>(all: ReadonlyMap<Key, Partial<Limits>>): ReadonlyMap<Key, Partial<Limits>> {
  return new Map([...all].map(([key, own]) => [key, halfOf(own)]));
}

function halfOf(limits: Partial<Limits>): Partial<Limits> {
  const half: { -readonly [Name in keyof Limits]?: number } = {};
  for (const name of limitNames) {
    const value = limits[name];
    if (value === undefined) continue;
    // Twice a number past 2^52 is no exact number any more; such a limit stops everything as it is.
    const double = Math.min(value * 2, Number.MAX_SAFE_INTEGER);
    half[name] = tighterIs[name] === 'smaller' ? Math.floor(value / 2) : double;
  }
  return half as Partial<Limits>;
}
