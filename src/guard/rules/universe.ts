import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { mustNot } from '../rule.ts';
import type { GuardState } from '../state.ts';

/**
 * Only listed instruments trade. Sells too: without the entry nobody knows its tick and its price limits, so whatever
 * is held must stay in the universe until it is sold.
 */
export function universe(request: OrderRequest, state: GuardState): Check {
  return mustNot('universe', state.universe.get(request.instrument)?.id !== request.instrument);
}
