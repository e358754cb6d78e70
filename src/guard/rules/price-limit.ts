import type { OrderRequest } from '#domain/order.ts';
import { priceLimits } from '#markets/price-limits.ts';
import { dayOfDecision } from '../day-of-decision.ts';
import type { Check } from '../denial.ts';
import type { GuardState } from '../state.ts';

/** The price lies within the day's limits, both included. The limit shown is the one on the price's side of the base. */
export function priceLimit(request: OrderRequest, state: GuardState): Check {
  const instrument = state.universe.get(request.instrument);
  const base = state.basePrice(request.instrument);
  if (instrument === undefined || base === null) {
    return { code: 'price-limit', actual: request.price, limit: Number.NaN, unit: 'won', passed: false };
  }
  const { lower, upper } = priceLimits(instrument, base, dayOfDecision(state));
  return {
    code: 'price-limit',
    actual: request.price,
    limit: request.price < base ? lower : upper,
    unit: 'won',
    passed: request.price >= lower && request.price <= upper,
  };
}
