import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/**
 * Never trade with oneself: no own open order on the other side may be at a price that this one would meet. Where either
 * has a price that nobody knows yet, they might.
 */
export function selfCross(_request: OrderRequest, _state: GuardState, tally: Tally): Check {
  return atMost({ code: 'self-cross', actual: tally.meeting, limit: 0, unit: 'orders' });
}
