import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import type { GuardOrder, GuardState } from './state.ts';

/** Shares of one instrument and side that may still fill. */
export function openShares(state: GuardState, instrument: InstrumentId, side: OrderSide): number {
  let shares = 0;
  for (const order of state.ordersOfDay) {
    if (order.instrument === instrument && order.side === side) shares += order.open;
  }
  return shares;
}

/** Won that would change hands if every open order that `counts` filled at its limit price. */
export function openValue(state: GuardState, counts: (order: GuardOrder) => boolean): number {
  let value = 0;
  for (const order of state.ordersOfDay) {
    if (counts(order)) value += order.price * order.open;
  }
  return value;
}
