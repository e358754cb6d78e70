import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { isRiskReducing, sellableShares } from '../risk-reducing.ts';
import type { GuardState } from '../state.ts';

/** Sells only what is held and not offered yet: no short selling. Buys pass. */
export function holding(request: OrderRequest, state: GuardState): Check {
  const limit = Math.max(0, sellableShares(state, request.instrument));
  if (request.side === 'buy') return { code: 'holding', actual: 0, limit, unit: 'shares', passed: true };
  return {
    code: 'holding',
    actual: request.quantity,
    limit,
    unit: 'shares',
    passed: isRiskReducing(request, state),
  };
}
