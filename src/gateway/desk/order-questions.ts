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
  return [...state.orders.values()].filter(
    (order) => order.state === 'unknown' || (order.amend?.phase === 'unknown' && order.state !== 'escalated'),
  );
}

/**
 * The lane (instrument and side) of such an order takes no other one (INV-05). One on its way closes it too: were two
 * orders of the same terms under way and one answer lost, nobody could say which of them the broker's list shows.
 */
export function hasClosedLane(order: DeskOrder): boolean {
  return isOnItsWay(order) || order.state === 'unknown' || order.state === 'escalated' || order.amend !== null;
}

/** Decided, and its answer not in yet; ends within the broker's time-out. */
export function isOnItsWay(order: DeskOrder): boolean {
  return order.state === 'intent' || order.state === 'sending';
}

/** Shares that may still fill, or of which we do not know that they cannot. */
export function openQuantity(order: DeskOrder): number {
  return isOver(order) ? 0 : Math.max(0, order.quantity - order.filled);
}

/** Orders of today that may still change; newest first. */
export function openOrders(state: DeskState): readonly DeskOrder[] {
  return [...state.orders.values()].filter((order) => !isOver(order)).toReversed();
}
