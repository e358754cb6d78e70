import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import type { GuardState } from '../state.ts';

/** No buying of very cheap shares, where one tick is a large move. What is held may be sold at any price. */
export function priceMinimum(request: OrderRequest, state: GuardState): Check {
  return {
    code: 'price-minimum',
    actual: request.price,
    limit: state.limits.priceMinimum,
    unit: 'won',
    passed: request.price >= state.limits.priceMinimum || isRiskReducing(request, state),
  };
}
