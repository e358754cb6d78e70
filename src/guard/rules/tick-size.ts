import type { OrderRequest } from '#domain/order.ts';
import { isOnTick, tickSize as tickAt } from '#markets/tick-size.ts';
import { dayOfDecision } from '../day-of-decision.ts';
import type { Check } from '../denial.ts';
import type { GuardState } from '../state.ts';

/** The price lies on a tick of the date. The numbers are the price and the step it must be a multiple of. */
export function tickSize(request: OrderRequest, state: GuardState): Check {
  const instrument = state.universe.get(request.instrument);
  if (instrument === undefined) {
    return { code: 'tick-size', actual: request.price, limit: Number.NaN, unit: 'won', passed: false };
  }
  const date = dayOfDecision(state);
  return {
    code: 'tick-size',
    actual: request.price,
    limit: tickAt(instrument, request.price, date),
    unit: 'won',
    passed: isOnTick(instrument, request.price, date),
  };
}
