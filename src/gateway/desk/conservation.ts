import { isOver } from './order-questions.ts';
import type { DeskOrder, DeskState } from './state.ts';

/**
 * How many of today's orders and declared ones have numbers that contradict each other (INV-07): more sent than intended,
 * more filled than was ever acknowledged, or filled in sum other than in its parts.
 */
export function conservationBreaks(state: DeskState): number {
  let breaks = 0;
  for (const order of state.orders.values()) if (!isConserved(order)) breaks += 1;
  for (const { filled, quantity } of state.manual.values()) if (filled > quantity) breaks += 1;
  for (const { quantity } of state.books?.positions.values() ?? []) if (quantity < 0) breaks += 1;
  return breaks;
}

function isConserved(order: DeskOrder): boolean {
  const filled = order.legs.reduce((sum, leg) => sum + leg.filled, 0);
  const isWithinLegs = order.legs.every((leg) => leg.filled <= leg.quantity);
  // While it works its size is what may fill in all; once it is over, an amended one keeps the size it ended with.
  const isWithinOrder = isOver(order) || order.filled <= Math.max(order.quantity, order.request.quantity);
  return filled === order.filled && isWithinLegs && isWithinOrder;
}
