import { sessionOf, type OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { mustNot } from '../rule.ts';
import type { GuardState } from '../state.ts';

/** Only for the sessions that are permitted; the regular one to start with. */
export function orderSession(request: OrderRequest, state: GuardState): Check {
  return mustNot('order-session', !state.permits.sessions.has(sessionOf(request)));
}
