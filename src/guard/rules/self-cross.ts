import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { atMost } from '../rule.ts';
import type { GuardOrder, GuardState } from '../state.ts';
import { hasOpenPrice } from '../valued-price.ts';

/**
 * Never trade with oneself: no own open order on the other side may be at a price that this one would meet. Where either
 * has a price that nobody knows yet, they might.
 */
export function selfCross(request: OrderRequest, state: GuardState): Check {
  let meeting = 0;
  for (const order of state.ordersOfDay) {
    if (order.open > 0 && wouldMeet(request, order)) meeting += 1;
  }
  return atMost({ code: 'self-cross', actual: meeting, limit: 0, unit: 'orders' });
}

function wouldMeet(request: OrderRequest, order: GuardOrder): boolean {
  if (order.instrument !== request.instrument || order.side === request.side) return false;
  if (order.hasOpenPrice === true || hasOpenPrice(request.type)) return true;
  return request.side === 'buy' ? request.price >= order.price : request.price <= order.price;
}
