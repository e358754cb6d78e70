import { namesPrice, type OrderRequest, type OrderType } from '#domain/order.ts';
import { seoulDayAt } from '#domain/trading-date.ts';
import { priceLimits } from '#markets/price-limits.ts';
import type { GuardState } from './state.ts';

/** True when an order may fill at a price that nobody knows yet; a conditional limit ends as a market order. */
export function hasOpenPrice(type: OrderType): boolean {
  return !namesPrice(type) || type === 'conditional-limit';
}

/**
 * The price that limits in won count an order at: its own where it has one, otherwise the day's upper limit, above which
 * nothing can fill. Sells too, though more money coming in harms nobody: a limit on what goes out should mean the same
 * on both sides.
 *
 * @returns NaN when the upper limit is not known
 */
export function valuedPrice(request: OrderRequest, state: GuardState): number {
  return hasOpenPrice(request.type) ? upperLimit(request, state) : request.price;
}

/** Won that the order comes to at the most. NaN when unknown. */
export function requestValue(request: OrderRequest, state: GuardState): number {
  return valuedPrice(request, state) * request.quantity;
}

function upperLimit(request: OrderRequest, state: GuardState): number {
  const instrument = state.universe.get(request.instrument);
  const base = state.basePrice(request.instrument);
  if (instrument === undefined || base === null) return Number.NaN;
  return priceLimits(instrument, base, seoulDayAt(state.nowMs)).upper;
}
