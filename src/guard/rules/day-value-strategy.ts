import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { atMostUnless } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';
import { requestValue } from '../valued-price.ts';

/**
 * Won ordered today by the asking strategy. The person is bound by the account's limit only. A sell that only reduces
 * what is held counts for later orders but is never refused here.
 */
export function dayValueStrategy(request: OrderRequest, state: GuardState, tally: Tally): Check {
  const own = tally.dayValueOwn + requestValue(request, state);
  const isPerson = request.requester.kind === 'person';
  return atMostUnless(isRiskReducing(request, tally), {
    code: 'day-value-strategy',
    actual: isPerson ? 0 : own,
    limit: state.limits.dayValueStrategyMax,
    unit: 'won',
  });
}
