import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { ordersOfMinute } from '../order-counts.ts';
import { requesterName } from '../requester-name.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';

/** Orders of the asking strategy in the last 60 s, this one included. The person is bound by the account's limit only. */
export function ordersPerMinuteStrategy(request: OrderRequest, state: GuardState): Check {
  const name = requesterName(request.requester);
  const isPerson = request.requester.kind === 'person';
  return atMost({
    code: 'orders-per-minute-strategy',
    actual: isPerson ? 0 : ordersOfMinute(state, (order) => order.requester === name) + 1,
    limit: state.limits.ordersPerMinuteStrategyMax,
    unit: 'orders',
  });
}
