import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderRequest } from '#domain/order.ts';
import { requesterName } from './requester-name.ts';
import type { Limits } from './limits.ts';
import type { GuardState } from './state.ts';
import { tighten } from './tighten.ts';

/** Limits of their own for strategies and symbols. They only tighten: what is looser than the account's has no effect. */
export interface LimitOverrides {
  readonly strategies: ReadonlyMap<string, Partial<Limits>>;
  readonly symbols: ReadonlyMap<InstrumentId, Partial<Limits>>;
}

/** Nobody has any. */
export const noOverrides: LimitOverrides = { strategies: new Map(), symbols: new Map() };

/**
 * The limits that bind this request: the tightest of the account's, its strategy's and its symbol's.
 *
 * @throws {InvariantError} an override that is no whole number, 0 or more
 */
export function limitsFor({ requester, instrument }: OrderRequest, { limits, overrides }: GuardState): Limits {
  const ofStrategy = requester.kind === 'strategy' ? overrides.strategies.get(requesterName(requester)) : undefined;
  const ofSymbol = overrides.symbols.get(instrument);
  const own = ofStrategy === undefined ? limits : tighten(limits, ofStrategy);
  return ofSymbol === undefined ? own : tighten(own, ofSymbol);
}
