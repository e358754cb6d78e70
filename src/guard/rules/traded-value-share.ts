import type { OrderRequest } from '#domain/order.ts';
import { shareOf } from '../basis-points.ts';
import type { Check } from '../denial.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { atMostUnless } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';
import { requestValue } from '../valued-price.ts';

/**
 * One order is a small part of what a day trades: `average × bps / 10,000`, rounded down to whole won. Unknown means no. A
 * sell that only reduces what is held is never refused: a market that dried up is a reason to leave.
 */
export function tradedValueShare(request: OrderRequest, state: GuardState, tally: Tally): Check {
  return atMostUnless(isRiskReducing(request, tally), {
    code: 'traded-value-share',
    actual: requestValue(request, state),
    limit: shareOf(state.tradedValueAverage(request.instrument) ?? Number.NaN, state.limits.tradedValueShareBps),
    unit: 'won',
  });
}
