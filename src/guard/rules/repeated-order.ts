import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { ageMs } from '../order-counts.ts';
import type { GuardOrder, GuardState } from '../state.ts';
import { valuedPrice } from '../valued-price.ts';

/**
 * The same instrument, side, quantity and price goes out once in the window, whoever asks: this is what a retry, a
 * double click or a restarted strategy looks like. The numbers are the age of the twin and the age it must have; the
 * window itself when there is no twin. Orders without a price of their own are alike at the price they are valued at; to
 * another venue or session, the same order is still the same.
 */
export function repeatedOrder(request: OrderRequest, state: GuardState): Check {
  const window = state.limits.repeatedOrderWindowMs;
  const price = valuedPrice(request, state);
  let youngestMs = window;
  for (const order of state.ordersOfDay) {
    if (isTwin(order, request, price)) youngestMs = Math.min(youngestMs, ageMs(state, order.at));
  }
  return {
    code: 'repeated-order',
    actual: youngestMs,
    limit: window,
    unit: 'milliseconds',
    passed: youngestMs >= window,
  };
}

function isTwin(order: GuardOrder, request: OrderRequest, price: number): boolean {
  return (
    order.instrument === request.instrument &&
    order.side === request.side &&
    order.quantity === request.quantity &&
    order.price === price
  );
}
