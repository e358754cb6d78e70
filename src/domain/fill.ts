import type { InstrumentId } from './instrument.ts';
import type { BrokerOrderId, OrderSide } from './order.ts';
import type { Quantity } from './quantity.ts';
import type { Won } from './won.ts';

/** One execution of our order. */
export interface Fill {
  readonly brokerOrderId: BrokerOrderId;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly price: Won;
  readonly quantity: Quantity;
  readonly at: Temporal.Instant;
}
