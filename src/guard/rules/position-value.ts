import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { heldValueOf } from '../exposure-value.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { atMostUnless } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';
import { requestValue } from '../valued-price.ts';

/** Won in one instrument: held, being bought, and this order. A sell that only reduces what is held is never refused. */
export function positionValue(request: OrderRequest, state: GuardState, tally: Tally): Check {
  const isReducing = isRiskReducing(request, tally);
  const added = isReducing ? 0 : requestValue(request, state);
  return atMostUnless(isReducing, {
    code: 'position-value',
    actual: heldValueOf(state, request.instrument) + tally.openBuyValueHere + added,
    limit: state.limits.positionValueMax,
    unit: 'won',
  });
}
