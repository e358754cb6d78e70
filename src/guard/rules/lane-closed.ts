import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { mustNot } from '../rule.ts';
import type { GuardState } from '../state.ts';

/**
 * An unknown order closes its lane, instrument and side, until it is resolved (INV-05). Sells get no exception: an
 * unknown sell may be filling at this moment, and a second one could sell the same shares twice.
 */
export function laneClosed(request: OrderRequest, state: GuardState): Check {
  const { closedLanes } = state;
  // Lanes are hardly ever closed, and the name of one costs more than the rest of this rule.
  return mustNot('lane-closed', closedLanes.size !== 0 && closedLanes.has(`${request.instrument}/${request.side}`));
}
