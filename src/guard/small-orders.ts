import type { InstrumentId } from '#domain/instrument.ts';
import type { GuardState } from './state.ts';

/** An order of this many shares or fewer is small. */
export const smallOrderSharesMax = 10;

/** Small orders of today in one symbol, both sides, whoever asked. */
export function smallOrdersOf(state: GuardState, instrument: InstrumentId): number {
  let count = 0;
  for (const order of state.ordersOfDay) {
    if (order.instrument === instrument && order.quantity <= smallOrderSharesMax) count += 1;
  }
  return count;
}
