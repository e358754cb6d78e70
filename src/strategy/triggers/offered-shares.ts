import type { InstrumentId } from '#domain/instrument.ts';
import { isOpen, type OrderState } from '#domain/order-state.ts';
import type { OrderSide } from '#domain/order.ts';

interface Order {
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly quantity: number;
  readonly filled: number;
  readonly state: OrderState;
}

/** Shares that the open sells of an instrument among `orders` may still sell; see `TriggerAccount.offered`. */
export function offeredShares(orders: Iterable<Order>, instrument: InstrumentId): number {
  let shares = 0;
  for (const order of orders) {
    const isOffer = order.instrument === instrument && order.side === 'sell' && isOpen(order.state);
    if (isOffer) shares += order.quantity - order.filled;
  }
  return shares;
}
