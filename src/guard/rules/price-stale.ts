import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { ageMs } from '../order-counts.ts';
import type { GuardState } from '../state.ts';

/** The exchange's clock may be ahead of ours by what INV-42 tolerates; a price from further in the future is nobody's. */
const clockErrorMaxMs = 2_000;

/** The price everything else is measured against is fresh. The numbers are its age and the age allowed. */
export function priceStale(request: OrderRequest, state: GuardState): Check {
  const last = state.lastTrade(request.instrument);
  const age = last === null ? Number.NaN : ageMs(state, last.at);
  return {
    code: 'price-stale',
    actual: age,
    limit: state.limits.priceAgeMaxMs,
    unit: 'milliseconds',
    passed: age >= -clockErrorMaxMs && age <= state.limits.priceAgeMaxMs,
  };
}
