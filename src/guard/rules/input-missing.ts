import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { brokenRequestInputs } from '../request-inputs.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';
import { brokenStateInputs } from '../state-inputs.ts';

/**
 * Everything the other rules compare is there and is a number that can be (INV-11). The number is how many inputs are
 * not; none may be. Sells get no exception: cash, equity and result come from the same look at the balance as the
 * holdings do, and where one is missing the others cannot be believed.
 */
export function inputMissing(request: OrderRequest, state: GuardState, tally: Tally): Check {
  return atMost({
    code: 'input-missing',
    actual: brokenRequestInputs(request) + brokenStateInputs(request, state, tally),
    limit: 0,
    unit: 'none',
  });
}
