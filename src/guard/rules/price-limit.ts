import { namesPrice, type OrderRequest } from '#domain/order.ts';
import { seoulDayAt } from '#domain/trading-date.ts';
import { priceLimits } from '#markets/price-limits.ts';
import type { Check, DenialCode } from '../denial.ts';
import type { GuardState } from '../state.ts';

/**
 * The price lies within the day's limits, both included. The limit shown is the one on the price's side of the base. An
 * order without a price passes: the market cannot fill it outside of them.
 */
export function priceLimit(request: OrderRequest, state: GuardState): Check {
  return limitCheck('price-limit', request, namesPrice(request.type) ? request.price : undefined, state);
}

/** The same question about one price of an order; a price that the order does not have passes, with zeros to show. */
export function limitCheck(
  code: DenialCode,
  request: OrderRequest,
  price: number | undefined,
  state: GuardState,
): Check {
  if (price === undefined) return { code, actual: 0, limit: 0, unit: 'won', passed: true };
  const instrument = state.universe.get(request.instrument);
  const base = state.basePrice(request.instrument);
  if (instrument === undefined || base === null) {
    return { code, actual: price, limit: Number.NaN, unit: 'won', passed: false };
  }
  const { lower, upper } = priceLimits(instrument, base, seoulDayAt(state.nowMs));
  return {
    code,
    actual: price,
    limit: price < base ? lower : upper,
    unit: 'won',
    passed: price >= lower && price <= upper,
  };
}
