import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';
import { requestValue } from '../valued-price.ts';

/** Won waiting in the market, buys and sells added up, this order included. */
export function openValue(request: OrderRequest, state: GuardState, tally: Tally): Check {
  return atMost({
    code: 'open-value',
    actual: tally.openValue + requestValue(request, state),
    limit: state.limits.openValueMax,
    unit: 'won',
  });
}
