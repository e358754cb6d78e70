import type { InstrumentId } from './instrument.ts';
import type { Quantity } from './quantity.ts';
import type { Won } from './won.ts';

export interface Position {
  readonly instrument: InstrumentId;
  readonly quantity: Quantity;
  /** Paid for all shares held, without fees. The average price is cost divided by quantity. */
  readonly cost: Won;
}
