import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { mustNot } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/** While halted only orders that cannot add risk pass (INV-13). The numbers are shares asked for and shares allowed. */
export function halted(request: OrderRequest, state: GuardState, tally: Tally): Check {
  if (!state.isHalted) return mustNot('halted', false);
  const allowed = request.side === 'sell' ? Math.max(0, tally.sellableHere) : 0;
  return {
    code: 'halted',
    actual: request.quantity,
    limit: allowed,
    unit: 'shares',
    passed: isRiskReducing(request, tally),
  };
}
