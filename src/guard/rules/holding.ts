import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/** Sells only what is held and not offered yet: no short selling. Buys pass. */
export function holding(request: OrderRequest, _state: GuardState, tally: Tally): Check {
  const limit = Math.max(0, tally.sellableHere);
  if (request.side === 'buy') return { code: 'holding', actual: 0, limit, unit: 'shares', passed: true };
  return {
    code: 'holding',
    actual: request.quantity,
    limit,
    unit: 'shares',
    passed: isRiskReducing(request, tally),
  };
}
