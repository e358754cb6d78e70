import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { atMostUnless } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/** Our clock is close to the market's (INV-42): windows, ages and the trading day all hang on it. Unknown means no. */
export function clockError(request: OrderRequest, state: GuardState, tally: Tally): Check {
  return atMostUnless(isRiskReducing(request, tally), {
    code: 'clock-error',
    actual: Math.abs(state.clockErrorMs ?? Number.NaN),
    limit: state.limits.clockErrorMaxMs,
    unit: 'milliseconds',
  });
}
