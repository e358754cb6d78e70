import type { OrderRequest } from '#domain/order.ts';
import type { Check, DenialCode } from './denial.ts';
import type { GuardState } from './state.ts';
import type { Tally } from './tally.ts';

/**
 * One question to a request: pure, total over well-formed input, and free to throw on garbage, which `decide()` counts as
 * no. `tally` is of this request in this state.
 */
export type Rule = (request: OrderRequest, state: GuardState, tally: Tally) => Check;

type Measure = Pick<Check, 'code' | 'actual' | 'limit' | 'unit'>;

/** Passes while `actual` is at most `limit`. NaN on either side fails, because a comparison with NaN is never true. */
export function atMost({ code, actual, limit, unit }: Measure): Check {
  return { code, actual, limit, unit, passed: actual <= limit };
}

/** `atMost`, but it passes whatever the numbers say when the rule does not bind this request. */
export function atMostUnless(isExempt: boolean, { code, actual, limit, unit }: Measure): Check {
  return { code, actual, limit, unit, passed: isExempt || actual <= limit };
}

/** A rule of yes and no: 0 passes, 1 fails. */
export function mustNot(code: DenialCode, isBroken: boolean): Check {
  return { code, actual: isBroken ? 1 : 0, limit: 0, unit: 'none', passed: !isBroken };
}
