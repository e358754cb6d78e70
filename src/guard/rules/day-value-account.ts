import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { atMostUnless } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';
import { requestValue } from '../valued-price.ts';

/**
 * Won ordered today by everybody, buys and sells added up. A sell that only reduces what is held counts for later
 * orders but is never refused here: a used-up day must not lock the person into a holding.
 */
export function dayValueAccount(request: OrderRequest, state: GuardState, tally: Tally): Check {
  return atMostUnless(isRiskReducing(request, tally), {
    code: 'day-value-account',
    actual: tally.dayValue + requestValue(request, state),
    limit: state.limits.dayValueAccountMax,
    unit: 'won',
  });
}
