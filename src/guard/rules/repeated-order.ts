import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/**
 * The same instrument, side, quantity and price goes out once in the window, whoever asks: this is what a retry, a
 * double click or a restarted strategy looks like; unless a person confirms that it is meant. The numbers are the age of
 * the twin and the age it must have; the window itself when there is no twin. Orders without a price of their own are
 * alike at the price they are valued at; to another venue or session, the same order is still the same.
 */
export function repeatedOrder(request: OrderRequest, state: GuardState, tally: Tally): Check {
  const window = state.limits.repeatedOrderWindowMs;
  const youngestMs = Math.min(window, tally.twinAgeMs);
  return {
    code: 'repeated-order',
    actual: youngestMs,
    limit: window,
    unit: 'milliseconds',
    passed: youngestMs >= window || state.isConfirmed(request),
  };
}
