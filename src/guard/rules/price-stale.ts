import { sessionOf, type OrderRequest, type OrderSession } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { ageMs } from '../order-counts.ts';
import type { GuardState } from '../state.ts';

/** The exchange's clock may be ahead of ours by what INV-42 tolerates; a price from further in the future is nobody's. */
const clockErrorMaxMs = 2_000;

/** They trade at a close that is settled and cannot go stale. */
const fixedPriceSessions: ReadonlySet<OrderSession> = new Set(['pre-hours-close', 'after-hours-close']);

/**
 * The price everything else is measured against is fresh. The numbers are its age and the age allowed. A session at a
 * fixed price measures nothing against the last trade and needs none of a certain age.
 */
export function priceStale(request: OrderRequest, state: GuardState): Check {
  const last = state.lastTrade(request.instrument);
  const age = last === null ? Number.NaN : ageMs(state, last.atMs);
  return {
    code: 'price-stale',
    actual: age,
    limit: state.limits.priceAgeMaxMs,
    unit: 'milliseconds',
    passed:
      (age >= -clockErrorMaxMs && age <= state.limits.priceAgeMaxMs) || fixedPriceSessions.has(sessionOf(request)),
  };
}
