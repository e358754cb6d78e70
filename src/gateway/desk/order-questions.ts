import type { DeskOrder, DeskState } from './state.ts';
import { isOpen } from '#domain/order-state.ts';

/** True when nothing can happen to it any more. */
export function isOver(order: DeskOrder): boolean {
  return !isOpen(order.state);
}

/** True while the broker has it and shares are left. */
export function isWorking(order: DeskOrder): boolean {
  return order.state === 'acked' || order.state === 'partially-filled';
}

/** Orders whose fate at the broker must be looked up: the lane of each is closed. */
export function inDoubt(state: DeskState): readonly DeskOrder[] {
  return [...state.orders.values()].filter((order) => order.state === 'unknown' || order.amend?.phase === 'unknown');
}

/** Closed until a person or an inquiry has settled it (INV-05). */
export function hasClosedLane(order: DeskOrder): boolean {
  return order.state === 'unknown' || order.state === 'escalated' || order.amend !== null;
}

/** Shares that may still fill, or of which we do not know that they cannot. */
export function openQuantity(order: DeskOrder): number {
  return isOver(order) ? 0 : Math.max(0, order.quantity - order.filled);
}
