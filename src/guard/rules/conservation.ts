import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { atMostUnless } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/** No shares came from nowhere (INV-07): where the numbers of our own orders contradict each other, nothing new is bought. */
export function conservation(request: OrderRequest, state: GuardState, tally: Tally): Check {
  return atMostUnless(isRiskReducing(request, tally), {
    code: 'conservation',
    actual: state.conservationBreaks ?? Number.NaN,
    limit: 0,
    unit: 'orders',
  });
}
