import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/** Orders of the asking strategy in the last 60 s, this one included. The person is bound by the account's limit only. */
export function ordersPerMinuteStrategy(request: OrderRequest, state: GuardState, tally: Tally): Check {
  const isPerson = request.requester.kind === 'person';
  return atMost({
    code: 'orders-per-minute-strategy',
    actual: isPerson ? 0 : tally.ordersOfMinuteOwn + 1,
    limit: state.limits.ordersPerMinuteStrategyMax,
    unit: 'orders',
  });
}
