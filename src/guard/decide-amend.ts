import type { OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { decide } from './decide.ts';
import type { GuardOrder, GuardState } from './state.ts';
import type { Verdict } from './verdict.ts';

/**
 * An amend is judged as a new order in a world where what is left of `original` does not exist any more.
 *
 * @param change new price, and as quantity the shares still to fill, without those filled already
 */
export function decideAmend(change: OrderRequest, original: GuardOrder, state: GuardState): Verdict {
  return decide(change, withoutOpenPart(state, original));
}

/** What filled stays in the day's sums; the amend itself counts among the cancels and amends. */
function withoutOpenPart(state: GuardState, original: GuardOrder): GuardState {
  try {
    const ordersOfDay = state.ordersOfDay.flatMap((order) => afterAmend(order, original));
    return { ...state, ordersOfDay, cancelsOfDay: [...state.cancelsOfDay, state.nowMs] };
  } catch {
    // Only garbage gets here. Judged as it is, original included, it finds no more room than it would have without.
    return state;
  }
}

function afterAmend(order: GuardOrder, original: GuardOrder): readonly GuardOrder[] {
  if (order.orderId !== original.orderId) return [order];
  return order.filled > 0 ? [{ ...order, quantity: order.filled, open: quantity(0) }] : [];
}
