import type { Designation } from '#domain/instrument.ts';
import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { mustNot } from '../rule.ts';
import type { GuardState } from '../state.ts';

const buyable: ReadonlySet<Designation | null> = new Set(['none', 'caution']);

/**
 * `halted`: the exchange takes no order. `liquidation`: no price limits and an auction every half hour, so that the
 * limits this guard computes would mean nothing; the person sells on the broker's own screen. Everything else may be
 * sold, because a designation is a reason to leave.
 */
const sellable: ReadonlySet<Designation | null> = new Set([
  'none',
  'caution',
  'managed',
  'warning',
  'risk',
  'overheated',
]);

/** Buys in ordinary and `caution` instruments only; sells in all that trade normally. An unknown designation means no. */
export function designation(request: OrderRequest, state: GuardState): Check {
  const allowed = request.side === 'sell' ? sellable : buyable;
  return mustNot('designation', !allowed.has(state.designation(request.instrument)));
}
