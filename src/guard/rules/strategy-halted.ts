import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { requesterName } from '../requester-name.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { mustNot } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/** A halted strategy sells what is held and nothing else (INV-13). The numbers are shares asked for and shares allowed. */
export function strategyHalted(request: OrderRequest, state: GuardState, tally: Tally): Check {
  const isHalted =
    request.requester.kind === 'strategy' && state.haltedStrategies.has(requesterName(request.requester));
  if (!isHalted) return mustNot('strategy-halted', false);
  const allowed = request.side === 'sell' ? Math.max(0, tally.sellableHere) : 0;
  return {
    code: 'strategy-halted',
    actual: request.quantity,
    limit: allowed,
    unit: 'shares',
    passed: isRiskReducing(request, tally),
  };
}
