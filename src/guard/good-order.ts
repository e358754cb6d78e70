import type { GuardOrder } from './state.ts';
import { isCount, isPositive, isWhole } from './whole-number.ts';

/** Filled and open are not checked against quantity: after an amend they may belong to different prices of one order. */
export function isGoodOrder(order: GuardOrder): boolean {
  return (
    isPositive(order.price) &&
    isCount(order.quantity) &&
    isCount(order.filled) &&
    isCount(order.open) &&
    isWhole(order.atMs) &&
    (order.side === 'buy' || order.side === 'sell')
  );
}
