import { namesPrice, type OrderRequest } from '#domain/order.ts';
import { seoulDayAt } from '#domain/trading-date.ts';
import { isInTable, tickAt, tickTable } from '#markets/tick-size.ts';
import type { Check, DenialCode } from '../denial.ts';
import type { GuardState } from '../state.ts';

/** The price lies on a tick of the date. The numbers are the price and the step it must be a multiple of. */
export function tickSize(request: OrderRequest, state: GuardState): Check {
  return tickCheck('tick-size', request, namesPrice(request.type) ? request.price : undefined, state);
}

/** The same question about one price of an order; a price that the order does not have passes, with zeros to show. */
export function tickCheck(
  code: DenialCode,
  request: OrderRequest,
  price: number | undefined,
  state: GuardState,
): Check {
  if (price === undefined) return { code, actual: 0, limit: 0, unit: 'won', passed: true };
  const instrument = state.universe.get(request.instrument);
  if (instrument === undefined) return { code, actual: price, limit: Number.NaN, unit: 'won', passed: false };
  const table = tickTable(instrument, seoulDayAt(state.nowMs));
  return { code, actual: price, limit: tickAt(table, price), unit: 'won', passed: isInTable(table, price) };
}
