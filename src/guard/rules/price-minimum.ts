import { namesPrice, type OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/**
 * No buying of very cheap shares, where one tick is a large move. What is held may be sold at any price. An order
 * without a price is looked at by the last trade.
 */
export function priceMinimum(request: OrderRequest, state: GuardState, tally: Tally): Check {
  const last = state.lastTrade(request.instrument)?.price ?? Number.NaN;
  const actual = namesPrice(request.type) ? request.price : last;
  return {
    code: 'price-minimum',
    actual,
    limit: state.limits.priceMinimum,
    unit: 'won',
    passed: actual >= state.limits.priceMinimum || isRiskReducing(request, tally),
  };
}
