import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import type { GuardState } from '../state.ts';

/** Bought is only what others trade enough of to sell again: won a day, on average. Unknown means no. Sells pass. */
export function tradedValueMinimum(request: OrderRequest, state: GuardState): Check {
  const actual = state.tradedValueAverage(request.instrument) ?? Number.NaN;
  const limit = state.limits.tradedValueMin;
  return {
    code: 'traded-value-minimum',
    actual,
    limit,
    unit: 'won',
    passed: actual >= limit || request.side === 'sell',
  };
}
