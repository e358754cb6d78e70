import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { exposureLimit, heldValueOfAccount } from '../exposure-value.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { atMostUnless } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';
import { requestValue } from '../valued-price.ts';

/**
 * Won in all instruments: held, being bought, and this order, against the smaller of a fixed limit and a share of
 * equity. A sell that only reduces what is held is never refused.
 */
export function exposure(request: OrderRequest, state: GuardState, tally: Tally): Check {
  const isReducing = isRiskReducing(request, tally);
  const added = isReducing ? 0 : requestValue(request, state);
  return atMostUnless(isReducing, {
    code: 'exposure',
    actual: heldValueOfAccount(state) + tally.openBuyValue + added,
    limit: exposureLimit(state),
    unit: 'won',
  });
}
