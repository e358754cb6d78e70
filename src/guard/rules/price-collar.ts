import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';

/**
 * The price is not too far from the last trade, on either side. The numbers are the distance in won and the distance
 * allowed, `last × priceCollarBps / 10,000` rounded down to whole won.
 */
export function priceCollar(request: OrderRequest, state: GuardState): Check {
  const last = state.lastTrade(request.instrument);
  if (last === null) return atMost({ code: 'price-collar', actual: Number.NaN, limit: Number.NaN, unit: 'won' });
  const product = last.price * state.limits.priceCollarBps;
  return atMost({
    code: 'price-collar',
    actual: Math.abs(request.price - last.price),
    limit: Number.isSafeInteger(product) ? Math.floor(product / 10_000) : Number.NaN,
    unit: 'won',
  });
}
