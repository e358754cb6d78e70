import { quantitiesLookedAt } from '#guard/quantity-median.ts';
import { requesterName } from '#guard/requester-name.ts';
import type { DeskOrder, DeskState } from './desk/state.ts';

/** Shares of the newest orders of `requester` that passed the guard, today's first: 20 of them, or as many as there were. */
export function recentQuantities(state: DeskState, requester: string): readonly number[] {
  const quantities: number[] = [];
  for (const orders of [state.orders, ...state.archive.map((day) => day.orders).toReversed()]) {
    for (const order of [...orders.values()].toReversed()) {
      if (isOf(order, requester)) quantities.push(order.request.quantity);
      if (quantities.length === quantitiesLookedAt) return quantities;
    }
  }
  return quantities;
}

function isOf(order: DeskOrder, requester: string): boolean {
  return order.state !== 'denied' && requesterName(order.request.requester) === requester;
}
