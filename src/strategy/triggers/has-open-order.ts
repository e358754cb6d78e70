import type { InstrumentId } from '#domain/instrument.ts';
import { isOpen, type OrderState } from '#domain/order-state.ts';

/** Whether an order of the instrument among `orders` may still fill. */
export function hasOpenOrder(
  orders: Iterable<{ readonly instrument: InstrumentId; readonly state: OrderState }>,
  instrument: InstrumentId,
): boolean {
  for (const order of orders) if (order.instrument === instrument && isOpen(order.state)) return true;
  return false;
}
