import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { countsAtRisk } from '../exposure-value.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { atMostUnless } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/** Instruments held or being bought, this one included. A sell that only reduces what is held is never refused. */
export function positionCount(request: OrderRequest, state: GuardState, tally: Tally): Check {
  return atMostUnless(isRiskReducing(request, tally), {
    code: 'position-count',
    actual: countsAtRisk(state, tally.instrumentsBought, request.instrument),
    limit: state.limits.positionCountMax,
    unit: 'none',
  });
}
