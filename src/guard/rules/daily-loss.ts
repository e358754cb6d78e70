import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { lossLimit, lossOfDay } from '../loss-of-day.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/**
 * Today's loss, realised and open, has not reached the limit. Reaching it is enough: the next order could only lose
 * more than allowed. A sell that only reduces what is held is never refused.
 */
export function dailyLoss(request: OrderRequest, state: GuardState, tally: Tally): Check {
  const loss = lossOfDay(state);
  const limit = lossLimit(state);
  return {
    code: 'daily-loss',
    actual: loss,
    limit,
    unit: 'won',
    passed: loss < limit || isRiskReducing(request, tally),
  };
}
