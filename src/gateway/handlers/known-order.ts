import { FixConfiguration } from '#domain/errors.ts';
import type { OrderId } from '#domain/order.ts';
import { isOver } from '../desk/order-questions.ts';
import { findOrder, type DeskOrder } from '../desk/state.ts';
import type { Gateway } from '../gateway.ts';

/** The order of that id. @throws {FixConfiguration} `order.not-found` */
export function knownOrder(gateway: Gateway, orderId: string): DeskOrder {
  const order = findOrder(gateway.state, orderId as OrderId);
  if (order !== null) return order;
  throw new FixConfiguration('order.not-found', `Cannot find the order "${orderId}": there is none with this id`);
}

/** Whether nothing of the order can trade any more; one that nobody knows is gone. */
export function isGone(gateway: Gateway, orderId: string): boolean {
  const order = findOrder(gateway.state, orderId as OrderId);
  return order === null || isOver(order);
}

/** Whether what became of its sending is known. */
export function isAnswered(order: DeskOrder | null): boolean {
  return order !== null && order.state !== 'intent' && order.state !== 'sending';
}
