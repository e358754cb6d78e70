import type { OverseasOrderRequest } from '#domain/overseas-order.ts';

import { approveOverseas, type ApprovedOverseas } from './overseas-approved.ts';
import type { OverseasCheck, OverseasDenial, OverseasDenialCode } from './overseas-denial.ts';
import type { OverseasState } from './overseas-limits.ts';
import { overseasRules, type OverseasRule } from './overseas-rules.ts';

/** What the guard answers about an order abroad: every rule that ran, and the approval or every reason against it. */
export type OverseasVerdict =
  | { readonly kind: 'approved'; readonly order: ApprovedOverseas; readonly checks: readonly OverseasCheck[] }
  | { readonly kind: 'denied'; readonly denials: readonly OverseasDenial[]; readonly checks: readonly OverseasCheck[] };

const ruleList = Object.entries(overseasRules) as readonly (readonly [OverseasDenialCode, OverseasRule])[];

/**
 * The one way to an approval of an order in a US stock. Buys and sells are judged alike. Every rule runs; one failed
 * check denies, and a rule that cannot answer counts as one that said no. Never throws. The approval is made from the
 * copy that was checked.
 */
export function decideOverseas(request: OverseasOrderRequest, state: OverseasState): OverseasVerdict {
  const copy = copyOf(request);
  const checks = ruleList.map(([code, rule]) => run(code, rule, copy, state));
  const denials = checks.filter((check) => !check.passed).map(denialOf);
  if (denials.length > 0) return { kind: 'denied', denials, checks };
  return { kind: 'approved', order: approveOverseas(copy), checks };
}

/** A request that cannot be copied is passed on as it is; the rules fail on it one by one. */
function copyOf(request: OverseasOrderRequest): OverseasOrderRequest {
  try {
    return { ...request, requester: Object.freeze({ ...request.requester }) };
  } catch {
    return request;
  }
}

/** Only garbage makes a rule throw, and no answer means no (INV-11). */
function run(
  code: OverseasDenialCode,
  rule: OverseasRule,
  request: OverseasOrderRequest,
  state: OverseasState,
): OverseasCheck {
  try {
    return rule(request, state);
  } catch {
    return { code, actual: Number.NaN, limit: Number.NaN, unit: 'none', passed: false };
  }
}

function denialOf({ code, actual, limit, unit }: OverseasCheck): OverseasDenial {
  return { code, actual, limit, unit };
}
