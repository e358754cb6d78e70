import type { GuardOrder, GuardState } from './state.ts';

/** Won of every order sent today that `counts`, buys and sells added up, whether they filled, wait or were cancelled. */
export function dayValue(state: GuardState, counts: (order: GuardOrder) => boolean): number {
  let value = 0;
  for (const order of state.ordersOfDay) {
    if (counts(order)) value += order.price * order.quantity;
  }
  return value;
}
