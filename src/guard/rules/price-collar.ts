import { namesPrice, type OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';

/**
 * The price is not too far from the last trade, on either side. The numbers are the distance in won and the distance
 * allowed, `from × priceCollarBps / 10,000` rounded down to whole won.
 *
 * A stop-limit order meets the market where it wakes up, so its price is measured from its stop price. An order without
 * a price has no distance to measure and passes; that it may go out at all is what the permits decide.
 */
export function priceCollar(request: OrderRequest, state: GuardState): Check {
  const last = state.lastTrade(request.instrument)?.price ?? Number.NaN;
  const from = request.type === 'stop-limit' ? (request.stopPrice ?? Number.NaN) : last;
  const product = from * state.limits.priceCollarBps;
  return atMost({
    code: 'price-collar',
    actual: namesPrice(request.type) ? Math.abs(request.price - from) : 0,
    limit: Number.isSafeInteger(product) ? Math.floor(product / 10_000) : Number.NaN,
    unit: 'won',
  });
}
