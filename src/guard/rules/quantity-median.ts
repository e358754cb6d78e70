import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { quantitiesLookedAt, sumOfMiddleTwo } from '../quantity-median.ts';
import { requesterName } from '../requester-name.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { atMostUnless } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/**
 * A strategy that suddenly asks for many times its own usual quantity waits for a person. The usual is the median of its
 * last 20 orders; `multiple × median` is rounded down. Before it has 20 there is none, and the limits in won bind alone.
 * A person asks for what they want, and a holding built in small steps may be sold at once.
 */
export function quantityMedian(request: OrderRequest, state: GuardState, tally: Tally): Check {
  const quantities = state.recentQuantities(requesterName(request.requester));
  const isUnbound = request.requester.kind === 'person' || quantities.length < quantitiesLookedAt;
  if (isUnbound) return { code: 'quantity-median', actual: 0, limit: 0, unit: 'shares', passed: true };
  return atMostUnless(isRiskReducing(request, tally) || state.isConfirmed(request), {
    code: 'quantity-median',
    actual: request.quantity,
    limit: Math.floor((state.limits.quantityMedianMultiple * sumOfMiddleTwo(quantities)) / 2),
    unit: 'shares',
  });
}
